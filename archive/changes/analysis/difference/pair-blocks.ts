import { datesIn } from '../../languages/dates.ts';
import type { DocumentState } from '../documents/state.ts';
import { FORMS, tellsRelativeTime, whenForm, wordCount } from '../words/forms.ts';
import { HIDDEN_MAIL_MARK } from '../words/meaningful-words.ts';
import { isNumbered, numberingOf, withoutNumbering } from '../words/numbering.ts';
import { isRenderingOf, isUnrendered } from '../words/templates.ts';
import type { BlockDifference } from './block-difference.ts';
import { joinHeadings, joinRuns } from './same-runs.ts';

/** Beginning of both marks for mail addresses, shown and hidden. */
const MAIL = '⟨mail';

/** Kinds of difference that are no text, the least first, each with the form of which two blocks have to be the same. */
const RUNGS: readonly Rung[] = [
  ['spacing', 'formatting', ({ words }) => FORMS.spacing(words)],
  ['mail', 'formatting', ({ words }) => (words.includes(MAIL) ? FORMS.mail(words) : undefined)],
  ['clock', 'formatting', ({ words }) => FORMS.clock(words)],
  [
    'when',
    'formatting',
    ({ words }) => (tellsRelativeTime(words) || /\d{4}/.test(words) ? whenForm(words) : undefined),
  ],
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

/** Pairs the blocks that differ in something less than words, and marks both. */
export function pairBlocks(
  removed: readonly BlockDifference[],
  added: readonly BlockDifference[],
  after: DocumentState,
): void {
  for (const rung of RUNGS) pairUp(removed, added, rung, after);
  fillTemplates(removed, added);
  joinLines(removed, added);
  const [former, current] = [removed, added].map((blocks) => blocks.filter(({ why }) => !why));
  joinRuns(former ?? [], current ?? []);
  joinHeadings(former ?? [], current ?? []);
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
    if (why === 'when' && tellsRelativeTime(partner.words) === tellsRelativeTime(block.words)) continue;
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
