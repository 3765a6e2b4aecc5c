import { similarity, wordNumbers } from './block-words.ts';
import { plainText } from './plain-text.ts';
import type { VersionBlocks } from './version-blocks.ts';

/** Blocks that share at least this part of their words are two wordings of one clause (docs: change analysis). */
const LEAST_SIMILARITY = 0.6;
/** Blocks further apart than this, counted in blocks of the former version, are not at the same place. */
const NEAR = 40;

interface Pair {
  readonly added: number;
  readonly removed: number;
  readonly similarity: number;
  readonly distance: number;
}

/**
 * Which block of the former version each new block continues: the most similar of those that went at about its place, each
 * block in one pair at most.
 *
 * @param added places of blocks of `after` that are not in `before`
 * @param removed places of blocks of `before` that are not in `after`
 * @returns places in `before` by places in `after`
 */
export function pairBlocks(
  before: VersionBlocks,
  after: VersionBlocks,
  added: readonly number[],
  removed: readonly number[],
): Map<number, number> {
  const result = new Map<number, number>();
  if (added.length === 0 || removed.length === 0) return result;
  const gone = removed.map((place) => ({ place, words: wordNumbers(plainText(before.markdown[place] ?? '')) }));
  const pairs: Pair[] = [];
  const expected = expectedPlaces(before, after, added);
  let first = 0;
  const order = added.map((place, index) => ({ place, expected: expected[index] ?? 0 }));
  order.sort((a, b) => a.expected - b.expected);
  for (const { place, expected: middle } of order) {
    const words = wordNumbers(plainText(after.markdown[place] ?? ''));
    while (first < gone.length && (gone[first]?.place ?? 0) < middle - NEAR) first++;
    for (let index = first; index < gone.length; index++) {
      const candidate = gone[index];
      if (!candidate || candidate.place > middle + NEAR) break;
      const distance = Math.abs(candidate.place - middle);
      const [a, b] = [words.length, candidate.words.length];
      if (2 * Math.min(a, b) < LEAST_SIMILARITY * (a + b)) continue;
      const shared = similarity(words, candidate.words);
      if (shared >= LEAST_SIMILARITY)
        pairs.push({ added: place, removed: candidate.place, similarity: shared, distance });
    }
  }
  const taken = new Set<number>();
  for (const pair of pairs.sort(byLikeness)) {
    if (result.has(pair.added) || taken.has(pair.removed)) continue;
    result.set(pair.added, pair.removed);
    taken.add(pair.removed);
  }
  return result;
}

const byLikeness = (a: Pair, b: Pair): number =>
  b.similarity - a.similarity || a.distance - b.distance || a.added - b.added || a.removed - b.removed;

/** For each new block the place in the former version behind the block that both versions have before it. */
function expectedPlaces(before: VersionBlocks, after: VersionBlocks, added: readonly number[]): number[] {
  const places: number[] = [];
  let anchor = -1;
  let next = 0;
  for (let place = 0; place < after.markdown.length && next < added.length; place++) {
    if (added[next] === place) {
      anchor++;
      places.push(anchor);
      next++;
    } else anchor = before.places.get(after.markdown[place] ?? '') ?? anchor;
  }
  return places;
}
