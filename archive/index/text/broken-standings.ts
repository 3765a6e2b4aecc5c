import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Row } from '../../ledger/row.ts';

/** A block that went from terms and came back: the spans in which it stood, as they are in the index (`[[3,9],[12,null]]`). */
export interface BrokenStanding {
  readonly block: number;
  readonly spans: string;
}

/** Of terms, all blocks that stood more than once, by their ids. */
export type FindBrokenStandings = (terms: number) => readonly BrokenStanding[];

/** Characters of spans that are kept; the terms with the most have two million. */
const MOST_CHARACTERS = 4_000_000;

/**
 * Which blocks came back or went for a time with a version stands in no index: all blocks of the terms have to be looked
 * through, 6 ms for those of thousands of versions. A list of changes asks for each of its lines, and its lines are often
 * of the same terms; so what was found is kept until the index is written.
 */
export function createBrokenStandings(database: DatabaseSync): FindBrokenStandings {
  const broken = database.prepare(
    "SELECT block, spans FROM standing WHERE terms = ? AND instr(spans, '],[') > 0 ORDER BY block",
  );
  const version = database.prepare('PRAGMA data_version');
  const kept = new LRUCache<number, readonly BrokenStanding[]>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (standings) => standings.reduce((sum, { spans }) => sum + spans.length + 50, 50),
  });
  let keptAt: unknown;
  return (terms) => {
    // Asked for before the answer: one that is written meanwhile is asked for again.
    const at = version.get()?.data_version;
    if (at !== keptAt) kept.clear();
    keptAt = at;
    const found = kept.get(terms) ?? broken.all(terms).map(toStanding);
    kept.set(terms, found);
    return found;
  };
}

const toStanding = ({ block, spans }: Row): BrokenStanding => ({ block: Number(block), spans: String(spans) });
