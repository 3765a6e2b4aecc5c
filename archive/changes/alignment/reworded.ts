import { type Candidate, heaviestChain } from './heaviest-chain.ts';
import { similarity } from './similarity.ts';

/** A block without a partner that has the same words. */
export interface Leftover {
  readonly place: number;
  /** Number of paired blocks before it: leftovers of both sides with the same one stand in about the same place. */
  readonly region: number;
  readonly shingles: Int32Array;
}

export interface RewordedPair {
  readonly removed: Leftover;
  readonly added: Leftover;
  readonly isMoved: boolean;
}

/** Share of shingles from which two blocks are states of one (design: change analysis, 2). */
const LEAST_SIMILARITY = 0.6;
/** Where as many blocks went as came between the same neighbours, the first and the first, the second and the second … need less. */
const LEAST_OF_COUNTERPARTS = 0.33;
/** Elsewhere, boilerplate sentences resemble each other: more is needed, and more words. */
const LEAST_WHERE_MOVED = 0.75;
const FEWEST_SHINGLES_WHERE_MOVED = 12;

/** Shingles in more blocks than this tell nothing ("of the"), and would make the work grow with the square. */
const MOST_OCCURRENCES = 24;
/** Blocks compared with each block, by the rare shingles they share. */
const MOST_COMPARED = 8;
/** Neighbours compared with each block whatever they share: rows of a table often hold no rare word. */
const NEARBY = 2;
/** With more leftovers than this, only those in the same place are compared. */
const MOST_INDEXED = 20_000;

/** Pairs leftovers that share most of their words: first those in about the same place, in order, then those elsewhere. */
export function pairReworded(removed: readonly Leftover[], added: readonly Leftover[]): RewordedPair[] {
  if (removed.length === 0 || added.length === 0) return [];
  const removedByRegion = groupByRegion(removed);
  const addedByRegion = groupByRegion(added);
  const candidates = findCandidates(removed, added, removedByRegion, addedByRegion);
  const pairs: RewordedPair[] = [];
  const usedRemoved = new Set<number>();
  const usedAdded = new Set<number>();
  const take = ({ from, to }: Candidate, isMoved: boolean): void => {
    const [former, latter] = [removed[from], added[to]];
    if (!former || !latter || usedRemoved.has(from) || usedAdded.has(to)) return;
    usedRemoved.add(from);
    usedAdded.add(to);
    pairs.push({ removed: former, added: latter, isMoved });
  };
  // Regions follow each other, so one chain over all of them keeps the order inside each.
  const inPlace = candidates.filter(({ isMoved }) => !isMoved);
  for (const candidate of heaviestChain(inPlace)) take(candidate, false);
  const elsewhere = candidates.filter(
    ({ likeness, from, isMoved }) =>
      (isMoved || !usedRemoved.has(from)) &&
      likeness >= LEAST_WHERE_MOVED &&
      (removed[from]?.shingles.length ?? 0) >= FEWEST_SHINGLES_WHERE_MOVED,
  );
  elsewhere.sort((a, b) => b.likeness - a.likeness || a.from - b.from || a.to - b.to);
  for (const candidate of elsewhere) take(candidate, true);
  return pairs;
}

interface LikelyPair extends Candidate {
  /** 0 to 1. */
  readonly likeness: number;
  readonly isMoved: boolean;
}

function findCandidates(
  removed: readonly Leftover[],
  added: readonly Leftover[],
  removedByRegion: ReadonlyMap<number, readonly number[]>,
  addedByRegion: ReadonlyMap<number, readonly number[]>,
): LikelyPair[] {
  const index = removed.length <= MOST_INDEXED ? indexShingles(removed) : new Map<number, readonly number[]>();
  const shared = new Int32Array(removed.length);
  const found: LikelyPair[] = [];
  for (const [to, latter] of added.entries()) {
    const sameRegion = removedByRegion.get(latter.region) ?? [];
    const siblings = addedByRegion.get(latter.region) ?? [];
    const counterpart = sameRegion.length === siblings.length ? sameRegion[to - (siblings[0] ?? 0)] : undefined;
    const compared = new Set([...nearby(sameRegion, siblings, to), ...mostShared(latter.shingles, index, shared)]);
    for (const from of compared) {
      const former = removed[from];
      if (!former || !canBeSimilar(former.shingles, latter.shingles)) continue;
      const likeness = similarity(former.shingles, latter.shingles);
      const isMoved = former.region !== latter.region;
      if (likeness < (isMoved ? LEAST_WHERE_MOVED : from === counterpart ? LEAST_OF_COUNTERPARTS : LEAST_SIMILARITY))
        continue;
      const weight = likeness * (former.shingles.length + latter.shingles.length);
      found.push({ from, to, weight, likeness, isMoved });
    }
  }
  return found;
}

const canBeSimilar = (a: Int32Array, b: Int32Array): boolean =>
  2 * Math.min(a.length, b.length) >= LEAST_OF_COUNTERPARTS * (a.length + b.length) && a.length > 0;

function groupByRegion(leftovers: readonly Leftover[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [place, { region }] of leftovers.entries()) {
    const group = groups.get(region);
    if (group) group.push(place);
    else groups.set(region, [place]);
  }
  return groups;
}

/** Removed blocks about as far from the start, or from the end, of the region as this added one. */
function nearby(sameRegion: readonly number[], siblings: readonly number[], to: number): number[] {
  const fromStart = to - (siblings[0] ?? 0);
  const fromEnd = sameRegion.length - siblings.length + fromStart;
  const near = (place: number): readonly number[] =>
    sameRegion.slice(Math.max(0, place - NEARBY), Math.max(0, place + NEARBY + 1));
  return [...near(fromStart), ...near(fromEnd)];
}

function indexShingles(leftovers: readonly Leftover[]): Map<number, readonly number[]> {
  const index = new Map<number, number[]>();
  for (const [place, { shingles }] of leftovers.entries()) {
    for (const shingle of shingles) {
      const places = index.get(shingle);
      if (!places) index.set(shingle, [place]);
      else if (places.length <= MOST_OCCURRENCES) places.push(place);
    }
  }
  return index;
}

/** The removed blocks that share most rare shingles; `shared` is all zeros before and after. */
function mostShared(
  shingles: Int32Array,
  index: ReadonlyMap<number, readonly number[]>,
  shared: Int32Array,
): readonly number[] {
  const touched: number[] = [];
  for (const shingle of shingles) {
    const places = index.get(shingle);
    if (!places || places.length > MOST_OCCURRENCES) continue;
    for (const place of places) {
      if (shared[place] === 0) touched.push(place);
      shared[place] = (shared[place] ?? 0) + 1;
    }
  }
  touched.sort((a, b) => (shared[b] ?? 0) - (shared[a] ?? 0) || a - b);
  for (const place of touched) shared[place] = 0;
  return touched.slice(0, MOST_COMPARED);
}
