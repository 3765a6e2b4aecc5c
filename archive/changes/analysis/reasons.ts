import type { ChangeAnalysis, JudgedBlock } from './analyse-change.ts';
import type { Fault } from './faults.ts';
import type { Furniture } from './furniture/furniture.ts';

/** Blocks told one by one; those that count come first. */
const BLOCKS_TOLD = 12;
const LONGEST_QUOTE = 80;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

const WHY: Readonly<Record<NonNullable<JudgedBlock['why']>, string>> = {
  spacing: 'only blanks between words',
  mail: 'a mail address is hidden from crawlers at one time and shown at the other',
  clock: 'only a time that moves by itself, or the year of a copyright notice',
  when: 'a date in the place of a time that moves by itself',
  template: 'a template that was not filled in at one time and is at the other',
  numbering: 'only the numbering',
  dates: 'only dates',
  rewrapped: 'the same words divided into other lines',
};

const CLASSES: Readonly<Record<Exclude<ChangeAnalysis['class'], 'text' | 'date' | 'numbering'>, string>> = {
  none: 'no difference',
  formatting: 'only markup or white space',
  links: 'only link targets or pictures',
  moved: 'the same blocks in another order',
};

/**
 * Why a change got its class, state and alert, in sentences; block by block where blocks differ. Capped: the last sentence
 * says how many more blocks there are.
 */
export function reasonsOf({ class: rung, state, blocks, fault, known }: ChangeAnalysis): string[] {
  const reasons: string[] = [];
  if (fault) reasons.push(faultReason(fault));
  if (known && (state === 'return' || state === 'reverted')) {
    // There and back again is what any return is.
    const turns = known.alternations > 2 ? `, ${ordinal(known.alternations)} alternation of the same pair` : '';
    const after = state === 'reverted' ? ', for the first time after more than 90 days' : '';
    reasons.push(`same words as the version of ${DAY.format(known.date)}${turns}${after}`);
  }
  if (state === 'persisting')
    reasons.push('what looks like a faulty capture has stayed, for three records in a row or for two weeks');
  if (rung !== 'text' && rung !== 'date' && rung !== 'numbering') reasons.push(CLASSES[rung]);
  const counts = (block: JudgedBlock): boolean => !block.furniture && !block.why;
  const told = [...blocks.filter(counts), ...blocks.filter((block) => !counts(block))].slice(0, BLOCKS_TOLD);
  for (const block of told) reasons.push(`${block.side}: ${quoted(block.words)}: ${blockReason(block)}`);
  const more = blocks.length - told.length;
  if (more > 0) reasons.push(`… and ${more} more ${more === 1 ? 'block' : 'blocks'}`);
  return reasons;
}

function blockReason({ why, furniture }: JudgedBlock): string {
  if (furniture) return furnitureReason(furniture);
  return why ? WHY[why] : 'words';
}

function furnitureReason(furniture: Furniture): string {
  switch (furniture.kind) {
    case 'fragment':
      return 'a fragment without words';
    case 'template':
      return 'a template that was not filled in';
    case 'controls':
      return 'labels of buttons';
    case 'menu':
      return 'an entry of a menu above or below the text';
    case 'repeats':
      return 'repeats what stands elsewhere in both versions';
    case 'everywhere':
      return `stands in ${furniture.services} other services`;
    case 'comes-and-goes':
      return `block seen coming and going in ${furniture.times} of the last ${furniture.of} changes`;
    case 'counter':
      return `numbers that changed in ${furniture.times} of the last ${furniture.of} changes`;
    case 'restless-place':
      return `a short block at a place that changed in ${furniture.times} of the last ${furniture.of} changes`;
    case 'restless-document':
      return `a short block of a document in which such changed ${furniture.times} times in 60 days`;
    case 'frame':
      return 'part of the frame of the website, which came or went at once';
    case 'lost-date':
      return 'a line that only told a date';
  }
}

function faultReason(fault: Fault): string {
  switch (fault.kind) {
    case 'error-wording':
      return `a short document with the wording of an error: “${fault.wording}”`;
    case 'shrunk':
      return `shrank from ${fault.from} to ${fault.to} words`;
    case 'without-headings':
      return `lost all of its ${fault.from} headings and much of its words`;
    case 'other-language':
      return `turned from the language ${fault.from} to ${fault.to}`;
  }
}

/** Cut between code points: half of one is no character. */
function quoted(words: string): string {
  if (words.length <= LONGEST_QUOTE) return `“${words}”`;
  return `“${[...words.slice(0, LONGEST_QUOTE)].slice(0, LONGEST_QUOTE - 2).join('')}…”`;
}

function ordinal(number: number): string {
  const word = ORDINALS[number - 1];
  if (word) return word;
  const rest = number % 100;
  return `${number}${rest > 10 && rest < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}
