import { datesIn } from '../languages/dates.ts';
import { type BlockFacts, blockWords } from './block-facts.ts';
import { FORMS, wordCount } from './forms.ts';
import { HIDDEN_MAIL_MARK } from './meaningful-words.ts';
import { isMenuEntry } from './menus.ts';
import { isNumbered, numberingOf, withoutNumbering } from './numbering.ts';
import type { DocumentState } from './state.ts';
import { isRenderingOf, isUnrendered } from './templates.ts';

/** The ladder: what a change is at most. */
export const CHANGE_CLASSES = ['none', 'formatting', 'links', 'moved', 'numbering', 'date', 'text'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** A block that came or went, and what that amounts to. */
export interface BlockDifference {
  readonly facts: BlockFacts;
  readonly words: string;
  readonly side: 'removed' | 'added';
  /** Key of the nearest unchanged block above; empty at the beginning. */
  readonly place: string;
  /** Words of the nearest heading above it; empty where there is none. */
  readonly heading: string;
  /** Whether it looks like an entry of a menu of the website. */
  readonly isMenuEntry: boolean;
  class: Exclude<ChangeClass, 'none' | 'links' | 'moved'>;
  /** Why its class is below `text`. */
  why?: 'spacing' | 'mail' | 'clock' | 'template' | 'numbering' | 'dates' | 'rewrapped';
}

/** What tells two states of a document apart, block by block. */
export interface Difference {
  readonly class: ChangeClass;
  readonly blocks: readonly BlockDifference[];
}

/** Beginning of both marks for mail addresses, shown and hidden. */
const MAIL = '⟨mail';

/** Kinds of difference that are no text, the least first, each with the form of which two blocks have to be the same. */
const RUNGS: readonly Rung[] = [
  ['spacing', 'formatting', ({ words }) => FORMS.spacing(words)],
  ['mail', 'formatting', ({ words }) => (words.includes(MAIL) ? FORMS.mail(words) : undefined)],
  ['clock', 'formatting', ({ words }) => FORMS.clock(words)],
  [
    'numbering',
    'numbering',
    ({ words, facts }) => (facts.bareKey === facts.key ? words : withoutNumbering(words, facts)),
  ],
  ['dates', 'date', ({ words }) => (/\d/.test(words) ? FORMS.dates(words) : undefined)],
];
type Rung = readonly [
  why: NonNullable<BlockDifference['why']>,
  rung: BlockDifference['class'],
  /** undefined where there is nothing to take out, so that no other block can be of the same form. */
  form: (block: BlockDifference) => string | undefined,
];

/** Compares two states. The same facts in another order are `moved`, with other link targets `links`. */
export function difference(before: DocumentState, after: DocumentState): Difference {
  const alike = alikeAtBothEnds(before.blocks, after.blocks);
  const removed = only(before, after, 'removed', alike);
  const added = only(after, before, 'added', alike);
  for (const rung of RUNGS) pairUp(removed, added, rung, after);
  fillTemplates(removed, added);
  joinLines(removed, added);
  const blocks = [...removed, ...added];
  if (blocks.length > 0) {
    const highest = Math.max(...blocks.map((block) => CHANGE_CLASSES.indexOf(block.class)));
    return {
      class: CHANGE_CLASSES[Math.max(highest, CHANGE_CLASSES.indexOf(rest(before, after, alike)))] ?? 'text',
      blocks,
    };
  }
  return { class: rest(before, after, alike), blocks };
}

/** What differs where all words stand in both. */
function rest(
  before: DocumentState,
  after: DocumentState,
  alike: AlikeEnds = NOTHING_ALIKE,
): 'none' | 'formatting' | 'links' | 'moved' {
  const common = (one: DocumentState, other: DocumentState): BlockFacts[] =>
    one.blocks.slice(alike.start, one.blocks.length - alike.end).filter(({ key }) => other.byKey.has(key));
  const [former, current] = [common(before, after), common(after, before)];
  const keys = (facts: readonly BlockFacts[]): string => [...new Set(facts.map(({ key }) => key))].join('');
  // What is in the middle twice may stand at an end as well; only with the ends it is sure.
  if (keys(former) !== keys(current)) return alike === NOTHING_ALIKE ? 'moved' : rest(before, after);
  const targets = (facts: readonly BlockFacts[]): string =>
    facts
      .map((one) => one.targets)
      .filter(Boolean)
      .join(' ');
  if (targets(former) !== targets(current)) return 'links';
  const same =
    before.blocks.length === after.blocks.length &&
    before.blocks.every((facts, at) => facts === after.blocks[at] || facts.markdown === after.blocks[at]?.markdown);
  return same ? 'none' : 'formatting';
}

function only(
  state: DocumentState,
  other: DocumentState,
  side: BlockDifference['side'],
  alike: AlikeEnds,
): BlockDifference[] {
  const found: BlockDifference[] = [];
  const seen = new Set<string>();
  // Of what is alike above, the last block with words is the place, and the last heading the heading.
  const above = state.blocks.slice(0, alike.start);
  let place = above.findLast(({ key }) => key !== '')?.key ?? '';
  let heading = above.findLast(({ key, kind }) => key !== '' && kind === 'heading');
  for (let at = alike.start; at < state.blocks.length - alike.end; at++) {
    const facts = state.blocks[at];
    if (!facts || facts.key === '') continue;
    if (facts.kind === 'heading') heading = facts;
    if (other.byKey.has(facts.key)) {
      place = facts.key;
    } else if (!seen.has(facts.key)) {
      seen.add(facts.key);
      found.push({
        facts,
        words: blockWords(facts.markdown),
        side,
        place,
        heading: heading ? blockWords(heading.markdown) : '',
        isMenuEntry: isMenuEntry(facts, at, state),
        class: 'text',
      });
    }
  }
  return found;
}

/** How many blocks are the same at the beginnings and at the ends of two states. */
interface AlikeEnds {
  readonly start: number;
  readonly end: number;
}

const NOTHING_ALIKE: AlikeEnds = { start: 0, end: 0 };

function alikeAtBothEnds(before: readonly BlockFacts[], after: readonly BlockFacts[]): AlikeEnds {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end };
}

function pairUp(
  removed: readonly BlockDifference[],
  added: readonly BlockDifference[],
  [why, rung, form]: Rung,
  after: DocumentState,
): void {
  const waiting = new Map<string, BlockDifference[]>();
  if (added.every((block) => block.why)) return;
  for (const block of removed) {
    if (block.why) continue;
    const shape = form(block);
    if (shape === undefined) continue;
    const others = waiting.get(shape);
    if (others) others.push(block);
    else waiting.set(shape, [block]);
  }
  if (waiting.size === 0) return;
  for (const block of added) {
    if (block.why) continue;
    const shape = form(block);
    const candidates = shape === undefined ? undefined : waiting.get(shape);
    const partner = candidates?.[0];
    if (!partner) continue;
    // One address in place of another is a change of the text; an address that was hidden and is shown is not.
    if (why === 'mail' && ![partner, block].some(({ words }) => words.includes(HIDDEN_MAIL_MARK))) continue;
    if (why === 'numbering' && [partner, block].some((one) => isAmount(one, after))) continue;
    candidates.shift();
    for (const one of [partner, block]) {
      one.class = rung;
      one.why = why;
    }
  }
}

/** Whether the number at a block's beginning is part of what it says: a date, or an amount in a document without numbers. */
function isAmount({ facts, words }: BlockDifference, document: DocumentState): boolean {
  const numbering = numberingOf(facts);
  if (!numbering) return false;
  return datesIn(words)[0]?.start === 0 || (numbering.isBare && !isNumbered(document));
}

/** A template on one side, and the same filled in on the other. */
function fillTemplates(removed: readonly BlockDifference[], added: readonly BlockDifference[]): void {
  for (const [templates, others] of [
    [added, removed],
    [removed, added],
  ] as const) {
    for (const template of templates) {
      if (template.why || !isUnrendered(template.facts.markdown)) continue;
      const filled = others.find(({ why, words }) => !why && isRenderingOf(words, template.facts.markdown));
      for (const one of filled ? [template, filled] : []) {
        one.class = 'formatting';
        one.why = 'template';
      }
    }
  }
}

/** The same words divided into blocks in another way. */
function joinLines(removed: readonly BlockDifference[], added: readonly BlockDifference[]): void {
  const open = [removed, added].map((blocks) => blocks.filter(({ why }) => !why)) as [
    BlockDifference[],
    BlockDifference[],
  ];
  // Both have the same signs then; only blanks come and go.
  const signs = open.map((blocks) => blocks.reduce((sum, { words }) => sum + words.length - wordCount(words) + 1, 0));
  if (signs[0] !== signs[1]) return;
  const joined = open.map((blocks) => FORMS.spacing(blocks.map(({ words }) => words).join(' ')));
  if (joined[0] !== joined[1]) return;
  for (const block of open.flat()) {
    block.class = 'formatting';
    block.why = 'rewrapped';
  }
}
