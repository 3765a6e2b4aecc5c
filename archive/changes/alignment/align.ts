import type { Block } from '../blocks/block.ts';
import { keyOfWords } from '../blocks/words.ts';
import { type NumberedBlocks, numberBlocks } from './number-blocks.ts';
import { type Leftover, pairReworded } from './reworded.ts';
import { type Budget, matchSequences } from './sequence.ts';
import { shinglesOf } from './similarity.ts';

/** Two states of one block. */
export interface AlignedPair {
  /** Place among the former version's blocks. */
  readonly from: number;
  /** Place among the new version's blocks. */
  readonly to: number;
  /** The words differ; else only white space, marks, link targets or images can. */
  readonly isReworded: boolean;
  /** It stands elsewhere among the blocks than before. */
  readonly isMoved: boolean;
}

/** Of blocks, searched for at once: some 10 ms and 8 MB where a document is nearly all new. */
const MOST_EDITS = 2000;

/** What an alignment needs of a block. */
export type AlignedBlock = Pick<Block, 'markdown'>;

/**
 * Steps after which an alignment takes what it has: a fraction of a second. Real pairs of versions need a hundredth of
 * them; texts made to be slow end here.
 */
export const MOST_STEPS = 10_000_000;

/**
 * Which blocks of two versions are states of the same block: those with the same words in the same order (a common
 * subsequence), then those with the same words elsewhere (moved), then those left over that share most of their words.
 * A block without a pair was deleted or inserted. Ascending by `to`.
 *
 * Deterministic, and symmetric: with the versions exchanged the pairs are the same, exchanged.
 */
export function alignBlocks(
  before: readonly AlignedBlock[],
  after: readonly AlignedBlock[],
  budget: Budget = { left: MOST_STEPS },
): AlignedPair[] {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  const formerMiddle = before.slice(start, before.length - end);
  const newMiddle = after.slice(start, after.length - end);
  // Where several alignments are equally good, the order of the arguments must not decide.
  const isExchanged = (formerMiddle[0]?.markdown ?? '') > (newMiddle[0]?.markdown ?? '');
  const middle = isExchanged
    ? alignMiddle(newMiddle, formerMiddle, budget).map(({ from, to, ...rest }) => ({ from: to, to: from, ...rest }))
    : alignMiddle(formerMiddle, newMiddle, budget);
  const pairs: AlignedPair[] = [];
  for (let at = 0; at < start; at++) pairs.push({ from: at, to: at, isReworded: false, isMoved: false });
  for (const { from, to, ...rest } of middle.sort((a, b) => a.to - b.to)) {
    pairs.push({ from: start + from, to: start + to, ...rest });
  }
  for (let at = end; at > 0; at--) {
    pairs.push({ from: before.length - at, to: after.length - at, isReworded: false, isMoved: false });
  }
  return pairs;
}

function commonStart(before: readonly AlignedBlock[], after: readonly AlignedBlock[]): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && before[count]?.markdown === after[count]?.markdown) count++;
  return count;
}

function commonEnd(before: readonly AlignedBlock[], after: readonly AlignedBlock[], start: number): number {
  const most = Math.min(before.length, after.length) - start;
  let count = 0;
  while (count < most && before[before.length - 1 - count]?.markdown === after[after.length - 1 - count]?.markdown) {
    count++;
  }
  return count;
}

function alignMiddle(a: readonly AlignedBlock[], b: readonly AlignedBlock[], budget: Budget): AlignedPair[] {
  if (a.length === 0 || b.length === 0) return [];
  const numbered = numberBlocks(a, b);
  const partners = matchSequences(numbered.a, numbered.b, numbered.count, budget, MOST_EDITS);
  const pairs: AlignedPair[] = [];
  const isPaired = new Uint8Array(b.length);
  for (const [from, to] of partners.entries()) {
    if (to < 0) continue;
    isPaired[to] = 1;
    pairs.push({ from, to, isReworded: false, isMoved: false });
  }
  const regions = { a: regionsOf(partners, a.length), b: regionsOfOther(isPaired) };
  for (const [from, to] of sameWordsElsewhere(numbered, partners, isPaired)) {
    partners[from] = to;
    isPaired[to] = 1;
    pairs.push({ from, to, isReworded: false, isMoved: true });
  }
  const leftover = (key: number, place: number, region: number): Leftover => ({
    place,
    region,
    shingles: shinglesOf(numbered.words(key)),
  });
  const removed: Leftover[] = [];
  for (const [at, key] of numbered.a.entries())
    if (partners[at] === -1) removed.push(leftover(key, at, regions.a[at] ?? 0));
  const added: Leftover[] = [];
  for (const [at, key] of numbered.b.entries()) if (!isPaired[at]) added.push(leftover(key, at, regions.b[at] ?? 0));
  const keyAt = (numbers: Int32Array, place: number): string => keyOfWords(numbered.words(numbers[place] ?? 0));
  for (const { removed: former, added: latter, isMoved } of pairReworded(removed, added)) {
    const [from, to] = [former.place, latter.place];
    pairs.push({ from, to, isReworded: keyAt(numbered.a, from) !== keyAt(numbered.b, to), isMoved });
  }
  return pairs;
}

/** For each place, the number of paired places before it. */
function regionsOf(partners: Int32Array, length: number): Int32Array {
  const regions = new Int32Array(length);
  for (let at = 1; at < length; at++) regions[at] = (regions[at - 1] ?? 0) + (partners[at - 1] === -1 ? 0 : 1);
  return regions;
}

function regionsOfOther(isPaired: Uint8Array): Int32Array {
  const regions = new Int32Array(isPaired.length);
  for (let at = 1; at < regions.length; at++) regions[at] = (regions[at - 1] ?? 0) + (isPaired[at - 1] ?? 0);
  return regions;
}

/** The first unpaired place of a number with the first of the other side, the second with the second; blocks with words only. */
function sameWordsElsewhere(
  { a, b, words }: NumberedBlocks,
  partners: Int32Array,
  isPaired: Uint8Array,
): [number, number][] {
  const places = new Map<number, number[]>();
  for (let at = b.length - 1; at >= 0; at--) {
    const number = b[at] ?? 0;
    if (isPaired[at] || words(number).length === 0) continue;
    const list = places.get(number);
    if (list) list.push(at);
    else places.set(number, [at]);
  }
  const found: [number, number][] = [];
  for (const [at, number] of a.entries()) {
    const to = partners[at] === -1 ? places.get(number)?.pop() : undefined;
    if (to !== undefined) found.push([at, to]);
  }
  return found;
}
