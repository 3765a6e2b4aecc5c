import type { DatabaseSync } from 'node:sqlite';
import type { Row } from '../../ledger/row.ts';
import type { ChangedWording } from '../clause.ts';

/** Blocks that are looked at for one that says something. */
const MOST_BLOCKS = 40;
/** Characters of a block that are read: more than any line about a change shows. */
const MOST_CHARACTERS = 4_000;
/** Words of a sentence; less is a heading, a label or a date. */
const SENTENCE = 8;

/** The text that a version brought or took, as a few words that stand for the whole. */
export type FindChangedWording = (version: { readonly seq: number }) => ChangedWording | undefined;

/**
 * The first sentence among the blocks that appeared with a version, beside its former wording; where nothing appeared, the
 * first that went. Of blocks without a sentence the first.
 */
export function createChangedWording(database: DatabaseSync): FindChangedWording {
  const columns = `s.clause, substr(b.text, 1, ${MOST_CHARACTERS}) AS text, h.text AS heading`;
  const blocks = 'standing s JOIN block b ON b.id = s.block LEFT JOIN block h ON h.id = s.heading';
  const appeared = database.prepare(
    `SELECT ${columns} FROM ${blocks} WHERE s.first_seq = ? ORDER BY s.block LIMIT ${MOST_BLOCKS}`,
  );
  const gone = database.prepare(
    `SELECT ${columns} FROM ${blocks}
     WHERE s.terms = (SELECT terms FROM version WHERE seq = ?1) AND s.until_seq = ?1 ORDER BY s.block LIMIT ${MOST_BLOCKS}`,
  );
  const former = database.prepare(
    `SELECT substr(b.text, 1, ${MOST_CHARACTERS}) AS text FROM standing s JOIN block b ON b.id = s.block
     WHERE s.clause = ? AND s.until_seq = ? ORDER BY s.block LIMIT 1`,
  );
  return ({ seq }) => {
    const fresh = telling(appeared.all(seq));
    if (fresh) {
      const before = former.get(Number(fresh.clause), seq);
      return { heading: headingOf(fresh), before: before && String(before.text), after: String(fresh.text) };
    }
    const lost = telling(gone.all(seq));
    return lost && { heading: headingOf(lost), before: String(lost.text), after: undefined };
  };
}

const telling = (rows: readonly Row[]): Row | undefined =>
  rows.find(({ text }) => String(text).split(/\s+/, SENTENCE).length === SENTENCE) ?? rows[0];

const headingOf = ({ heading }: Row): string | undefined => (heading === null ? undefined : String(heading));
