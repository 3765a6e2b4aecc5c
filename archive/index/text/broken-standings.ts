import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';

/** Ids of blocks, in ascending order, as many of them as were asked for at most. */
export interface BrokenStandings {
  /** Came back with the version. */
  readonly returned: readonly number[];
  /** Went with it, and came back later. */
  readonly left: readonly number[];
}

export type FindBrokenStandings = (terms: number, seq: number, most: number) => BrokenStandings;

/** Of one terms: each number is a version's and, below {@link ROWS}, the place of a block in `blocks`. */
interface Breaks {
  readonly blocks: Float64Array;
  readonly returned: Float64Array;
  readonly left: Float64Array;
}

/** More blocks than any terms have; with it, numbers of versions up to 2^27 are exact. */
const ROWS = 2 ** 26;
/** Bytes that are kept: those of all terms of a collection with 42,627 versions. */
const MOST_BYTES = 10_000_000;

/**
 * Which blocks came back or went for a time with a version stands in no index: all blocks of the terms have to be looked
 * through, 6 ms for those of thousands of versions. A list of changes asks for each of its lines, and its lines are often
 * of the same terms; so what was found is kept, sorted by version, until the index is written.
 */
export function createBrokenStandings(database: DatabaseSync): FindBrokenStandings {
  const broken = database.prepare(
    "SELECT block, spans FROM standing WHERE terms = ? AND instr(spans, '],[') > 0 ORDER BY block",
  );
  const version = database.prepare('PRAGMA data_version');
  const kept = new LRUCache<number, Breaks>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ blocks, returned, left }) => 100 + blocks.byteLength + returned.byteLength + left.byteLength,
  });
  let keptAt: unknown;
  return (terms, seq, most) => {
    // Asked for before the answer: one that is written meanwhile is asked for again.
    const at = version.get()?.data_version;
    if (at !== keptAt) kept.clear();
    keptAt = at;
    const found =
      kept.get(terms) ??
      breaksOf(broken.all(terms).map(({ block, spans }) => ({ block: Number(block), spans: String(spans) })));
    kept.set(terms, found);
    return { returned: atVersion(found.returned, seq), left: atVersion(found.left, seq) };

    function atVersion(breaks: Float64Array, asked: number): number[] {
      const first = firstFrom(breaks, asked * ROWS);
      const blocks: number[] = [];
      for (const one of breaks.subarray(first, first + most)) {
        if (one >= (asked + 1) * ROWS) break;
        blocks.push(found.blocks[one % ROWS] ?? 0);
      }
      return blocks;
    }
  };
}

/** @param standings by block. Spans are as they are in the index: `[[3,9],[12,null]]`: went with 9, came back with 12. */
function breaksOf(standings: readonly { readonly block: number; readonly spans: string }[]): Breaks {
  const returned: number[] = [];
  const left: number[] = [];
  for (const [place, { spans }] of standings.entries()) {
    for (const [, end, start] of spans.matchAll(/(\d+)\],\[(\d+)/g)) {
      left.push(Number(end) * ROWS + place);
      returned.push(Number(start) * ROWS + place);
    }
  }
  return {
    blocks: Float64Array.from(standings, ({ block }) => block),
    returned: Float64Array.from(returned).sort(),
    left: Float64Array.from(left).sort(),
  };
}

/** Place of the first number that is not less. */
function firstFrom(sorted: Float64Array, least: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
