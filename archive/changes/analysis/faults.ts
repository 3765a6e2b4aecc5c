import { LANGUAGES } from '../languages/language.ts';
import type { Difference } from './difference/difference.ts';
import { type BlockFacts, blockWords } from './documents/block-facts.ts';
import { languageOf } from './documents/document-language.ts';
import { type DocumentPart, partsOf } from './documents/document-parts.ts';
import type { DocumentState } from './documents/state.ts';

export { languageOf };

/** Why a version looks like a faulty capture. */
export type Fault =
  | { readonly kind: 'error-wording'; readonly wording: string }
  | { readonly kind: 'shrunk'; readonly from: number; readonly to: number }
  | { readonly kind: 'without-headings'; readonly from: number }
  | { readonly kind: 'other-language'; readonly from: string; readonly to: string };

/** Words; below it a document is short enough for an error answer, above it error wording is the terms' own. */
const SHORT_DOCUMENT = 150;
/** Below this many words a share of them says little. */
const JUDGED_FROM = 120;
const LEAST_LEFT = 0.5;
/** All of at least so many headings have to go, and that much of the words with them: markup alone comes and goes. */
const HEADINGS_LOST = 5;
const LEFT_WITHOUT_HEADINGS = 0.8;
const REPEATED_HEADINGS = 5;
const SENTENCE = 8;
/** Share of what is left that stood twice: of real documents that showed two versions, 0.76 and more. */
const REPEATED = 0.7;
/** Half of a double is about half. */
const LEAST_HALF = 0.25;
/** A shorter text of which that much is new was written anew; shorter ones are notices, home pages, logins. */
const FRESH = 0.6;
const REWRITTEN_FROM = 800;
/** Words of a text that may be whole with its first and its last sentence. */
const WHOLE_FROM = 200;
/** A shorter one is the same document where so many headings stand: a capture cut short brings nothing new under them. */
const HEADINGS_KEPT = 2;
const FRESH_UNDER_HEADINGS = 0.25;

const WORDINGS = [...LANGUAGES.values()].flatMap(({ faults }) => faults);

/** Looks at the whole document: a capture of something else, or of half of it, is no change of the terms. */
export function faultOf(before: DocumentState, after: DocumentState, { blocks }: Difference): Fault | undefined {
  const whole = faultOfPart(before, after);
  if (whole) return whole;
  const [former, current] = [partsOf(before), partsOf(after)];
  if (former.length > 1 && former.length === current.length) {
    for (const [place, part] of current.entries()) {
      const fault = former[place] && faultOfPart(former[place], part);
      if (fault) return fault;
    }
  }
  // Another language replaces nearly everything.
  const gone = blocks.reduce((words, { side, facts }) => words + (side === 'removed' ? facts.count : 0), 0);
  if (gone < before.words / 2) return undefined;
  const [from, to] = [languageOf(before), languageOf(after)];
  if (from && to && from !== to) return { kind: 'other-language', from, to };
  return undefined;
}

function faultOfPart(before: DocumentPart, after: DocumentPart): Fault | undefined {
  const wording = errorWording(after);
  if (wording && !errorWording(before)) return { kind: 'error-wording', wording };
  if (before.words < JUDGED_FROM) return undefined;
  if (after.words < before.words * LEAST_LEFT && !isAbridged(before, after)) {
    return { kind: 'shrunk', from: before.words, to: after.words };
  }
  if (
    before.headings >= HEADINGS_LOST &&
    after.headings === 0 &&
    after.words < before.words * LEFT_WITHOUT_HEADINGS &&
    !isRewritten(before, after)
  ) {
    return { kind: 'without-headings', from: before.headings };
  }
  return undefined;
}

function errorWording({ words, blocks }: DocumentPart): string | undefined {
  if (words > SHORT_DOCUMENT) return undefined;
  const text = ` ${blocks.map(({ markdown }) => blockWords(markdown)).join(' ')} `;
  return WORDINGS.find((wording) => text.includes(` ${wording} `));
}

/**
 * Documents that announce a new version show two side by side, and later drop the old one: what went has the headings of
 * what stays, or its sentences.
 */
function isHalfOfADouble({ blocks, words }: DocumentPart, after: DocumentPart): boolean {
  if (after.words <= SHORT_DOCUMENT || after.words < words * LEAST_HALF) return false;
  const headings = blocks.filter(({ kind, key }) => kind === 'heading' && key !== '').map(({ key }) => key);
  const repeated = headings.length - new Set(headings).size;
  if (repeated >= REPEATED_HEADINGS && repeated * 2 >= headings.length * LEAST_LEFT) return true;
  const seen = new Set<string>();
  let twice = 0;
  for (const { key, count } of blocks) {
    if (count < SENTENCE) continue;
    if (seen.has(key)) twice += count;
    else seen.add(key);
  }
  return twice >= after.words * REPEATED;
}

/** Whether what is missing was left out by the service, as far as the two texts show it. */
const isAbridged = (before: DocumentPart, after: DocumentPart): boolean =>
  isHalfOfADouble(before, after) || isRewritten(before, after) || doEndsStand(before, after);

/** A capture that broke off lacks its end; one that began late, its beginning. */
function doEndsStand({ blocks }: DocumentPart, after: DocumentPart): boolean {
  if (after.words < WHOLE_FROM) return false;
  const standing = new Set(after.blocks.map(({ key }) => key));
  const isSentence = ({ count, kind }: BlockFacts): boolean => count >= SENTENCE && kind !== 'heading';
  const [first, last] = [blocks.find(isSentence), blocks.findLast(isSentence)];
  return first !== undefined && last !== undefined && standing.has(first.key) && standing.has(last.key);
}

function isRewritten(before: DocumentPart, after: DocumentPart): boolean {
  const former = new Set(before.blocks.map(({ key }) => key));
  const fresh = after.blocks.reduce((words, { key, count }) => words + (former.has(key) ? 0 : count), 0);
  if (after.words >= REWRITTEN_FROM) return fresh >= after.words * FRESH;
  if (fresh < after.words * FRESH_UNDER_HEADINGS) return false;
  const kept = after.blocks.filter(({ key, count, kind }) => kind === 'heading' && count > 1 && former.has(key));
  return new Set(kept.map(({ key }) => key)).size >= HEADINGS_KEPT;
}
