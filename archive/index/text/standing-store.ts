import type { DatabaseSync } from 'node:sqlite';
import { type Span, toSpans } from './span.ts';

/** One block in one service's terms, as it is while it is being written. */
export interface Standing {
  readonly block: number;
  readonly terms: number;
  readonly clause: number;
  readonly spans: Span[];
  /** Block of the heading above it when it appeared. */
  readonly heading: number | null;
}

/** Where blocks stand. Changes wait in memory until {@link StandingStore.write}. */
export interface StandingStore {
  find(block: number, terms: number): Standing | undefined;
  /** Notes that a standing is new or has other spans than before. */
  changed(standing: Standing): void;
  /** How many wait to be written. */
  readonly waiting: number;
  /** Writes what waits; to be called in a transaction. */
  write(): void;
  /** Forgets what was read and written: memory is bounded by one family of terms. */
  release(): void;
}

export function createStandingStore(database: DatabaseSync): StandingStore {
  const select = database.prepare('SELECT clause, spans, heading FROM standing WHERE block = ? AND terms = ?');
  const insert = database.prepare(
    `INSERT INTO standing (block, terms, clause, spans, first_seq, until_seq, heading) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (block, terms) DO UPDATE SET spans = excluded.spans, until_seq = excluded.until_seq`,
  );
  const known = new Map<number, Map<number, Standing | undefined>>();
  const dirty = new Set<Standing>();

  const ofTerms = (terms: number): Map<number, Standing | undefined> => {
    let standings = known.get(terms);
    if (!standings) {
      standings = new Map();
      known.set(terms, standings);
    }
    return standings;
  };

  return {
    find(block, terms) {
      const standings = ofTerms(terms);
      if (standings.has(block)) return standings.get(block);
      const row = select.get(block, terms);
      const standing = row && {
        block,
        terms,
        clause: Number(row.clause),
        spans: toSpans(row.spans),
        heading: row.heading === null ? null : Number(row.heading),
      };
      standings.set(block, standing);
      return standing;
    },
    changed(standing) {
      ofTerms(standing.terms).set(standing.block, standing);
      dirty.add(standing);
    },
    get waiting() {
      return dirty.size;
    },
    write() {
      for (const { block, terms, clause, spans, heading } of dirty) {
        const first = spans[0]?.[0] ?? 0;
        const until = spans.at(-1)?.[1] ?? null;
        insert.run(block, terms, clause, JSON.stringify(spans), first, until, heading);
      }
      dirty.clear();
    },
    release: () => known.clear(),
  };
}
