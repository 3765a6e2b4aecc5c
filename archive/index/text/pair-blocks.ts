import { type Leftover, pairReworded } from '../../changes/alignment/reworded.ts';
import { shinglesOf } from '../../changes/alignment/similarity.ts';
import { keyOfWords, readWords } from '../../changes/blocks/words.ts';
import type { VersionBlocks } from './version-blocks.ts';

interface ReadBlock {
  readonly place: number;
  readonly words: readonly number[];
}

/**
 * Which block of the former version each new block continues, by the rules of redlines: one with the same words (other
 * marks or links), else one that shares most of its words at about the same place, else one that shares nearly all of
 * them elsewhere. Each block is in one pair at most.
 *
 * Only the words of what differs are read. An alignment of both versions reads all between the first and the last change,
 * which is most of the text where a date at the top and a year at the bottom change.
 *
 * @param added places of blocks of `after` that are not in `before`, ascending
 * @param removed places of blocks of `before` that are not in `after`, ascending
 * @returns places in `before` by places in `after`
 */
export function pairBlocks(
  before: VersionBlocks,
  after: VersionBlocks,
  added: readonly number[],
  removed: readonly number[],
): Map<number, number> {
  const pairs = new Map<number, number>();
  if (added.length === 0 || removed.length === 0) return pairs;
  const gone = read(before, removed);
  const fresh = read(after, added);
  const taken = new Set<number>();
  for (const [from, to] of sameWords(gone, fresh)) {
    pairs.set(to, from);
    taken.add(from);
  }
  const leftGone = gone.filter(({ place }) => !taken.has(place));
  const leftFresh = fresh.filter(({ place }) => !pairs.has(place));
  if (leftGone.length === 0 || leftFresh.length === 0) return pairs;
  const reworded = pairReworded(leftovers(before, after, leftGone), leftovers(after, before, leftFresh));
  for (const pair of reworded) pairs.set(pair.added.place, pair.removed.place);
  return pairs;
}

const read = ({ markdown }: VersionBlocks, places: readonly number[]): ReadBlock[] =>
  places.map((place) => ({ place, words: readWords(markdown[place] ?? '') }));

/** The first with the first that has the same words, the second with the second. */
function sameWords(gone: readonly ReadBlock[], fresh: readonly ReadBlock[]): [number, number][] {
  const places = new Map<string, number[]>();
  for (const { place, words } of gone) {
    if (words.length === 0) continue;
    const key = keyOfWords(words);
    places.set(key, [...(places.get(key) ?? []), place]);
  }
  return fresh.flatMap(({ place, words }): [number, number][] => {
    const from = words.length === 0 ? undefined : places.get(keyOfWords(words))?.shift();
    return from === undefined ? [] : [[from, place]];
  });
}

/** With the number of blocks before each that both versions have: equal numbers are about the same place. */
function leftovers(own: VersionBlocks, other: VersionBlocks, blocks: readonly ReadBlock[]): Leftover[] {
  let region = 0;
  let next = 0;
  return blocks.map(({ place, words }) => {
    for (; next < place; next++) if (other.places.has(own.markdown[next] ?? '')) region++;
    return { place, region, shingles: shinglesOf(words) };
  });
}
