import type { ChangeAnalysis, JudgedBlock } from './analyse-change.ts';

const day = (date: number): string => new Date(date).toISOString().slice(0, 10);
const quoted = (words: string): string => `“${words.length > 80 ? `${words.slice(0, 79)}…` : words}”`;

const WHY: Readonly<Record<NonNullable<JudgedBlock['why']>, string>> = {
  spacing: 'only blanks between words',
  mail: 'a mail address is hidden from crawlers at one time and shown at the other',
  clock: 'only a time that moves by itself, or the year of a copyright notice',
  template: 'a template that was not filled in at one time and is at the other',
  numbering: 'only the numbering',
  dates: 'only dates',
  rewrapped: 'the same words divided into other lines',
};

const CLASSES: Readonly<Record<Exclude<ChangeAnalysis['class'], 'text' | 'date' | 'numbering'>, string>> = {
  none: 'no difference',
  formatting: 'only markup, white space or pictures',
  links: 'only link targets',
  moved: 'the same blocks in another order',
};

/** Why a change got its class, state and alert, in sentences; block by block where blocks differ. */
export function reasonsOf({ class: rung, state, blocks, fault, known }: ChangeAnalysis): string[] {
  const reasons: string[] = [];
  if (fault) reasons.push(faultReason(fault));
  if (known && (state === 'return' || state === 'reverted')) {
    const turns = known.alternations > 1 ? `, ${ordinal(known.alternations)} alternation of the same two texts` : '';
    const after = state === 'reverted' ? ', for the first time after more than 90 days' : '';
    reasons.push(`same words as the version of ${day(known.date)}${turns}${after}`);
  }
  if (state === 'persisting') reasons.push('what looked like a faulty capture stands in the third record in a row');
  if (rung !== 'text' && rung !== 'date' && rung !== 'numbering') reasons.push(CLASSES[rung]);
  for (const block of blocks) reasons.push(`${block.side}: ${quoted(block.words)}: ${blockReason(block)}`);
  return reasons;
}

function blockReason({ why, furniture }: JudgedBlock): string {
  if (furniture) {
    if (furniture.kind === 'fragment') return 'a fragment without words';
    if (furniture.kind === 'template') return 'a template that was not filled in';
    if (furniture.kind === 'controls') return 'labels of buttons';
    if (furniture.kind === 'menu') return 'an entry of a menu above or below the text';
    if (furniture.kind === 'repeats') return 'repeats what stands elsewhere in both versions';
    if (furniture.kind === 'everywhere') return `stands in ${furniture.services} other services`;
    const seen = `in ${furniture.times} of the last ${furniture.of} changes`;
    if (furniture.kind === 'comes-and-goes') return `seen coming and going ${seen}`;
    if (furniture.kind === 'counter') return `numbers that changed ${seen}`;
    return `a short block at a place that changed ${seen}`;
  }
  return why ? WHY[why] : 'words';
}

function faultReason(fault: NonNullable<ChangeAnalysis['fault']>): string {
  if (fault.kind === 'error-wording') return `a short document with the wording of an error: “${fault.wording}”`;
  if (fault.kind === 'shrunk') return `shrank from ${fault.from} to ${fault.to} words`;
  return `turned from the language ${fault.from} to ${fault.to}`;
}

const ordinal = (number: number): string => {
  const rest = number % 100;
  const ending = rest > 10 && rest < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
};
