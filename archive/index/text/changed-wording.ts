import type { DatabaseSync } from 'node:sqlite';
import type { Row } from '../../ledger/row.ts';
import type { ChangedWording } from '../clause.ts';
import { createBrokenStandings } from './broken-standings.ts';
import { tellingWording, type WordingSought } from './telling-wording.ts';

/** Blocks that are looked at for one that says something. */
const MOST_BLOCKS = 40;
/** Characters of a block that are read: more than any line about a change shows. */
const MOST_CHARACTERS = 4_000;
/** The text that a version brought or took, as a few words that stand for the whole. */
export type FindChangedWording = (
  version: { readonly seq: number },
  sought?: WordingSought | undefined,
) => ChangedWording | undefined;

/**
 * The most telling among the blocks that appeared with a version, beside its former wording, and those that went; where
 * these tell nothing, what came back or went for a time.
 */
export function createChangedWording(database: DatabaseSync): FindChangedWording {
  const columns = `s.clause, substr(b.text, 1, ${MOST_CHARACTERS}) AS text, h.text AS heading`;
  const blocks = 'standing s JOIN block b ON b.id = s.block LEFT JOIN block h ON h.id = s.heading';
  const appeared = database.prepare(
    `SELECT ${columns} FROM ${blocks} WHERE s.first_seq = ? ORDER BY s.block LIMIT ${MOST_BLOCKS}`,
  );
  const gone = database.prepare(
    `SELECT ${columns} FROM ${blocks}
     WHERE s.terms = (SELECT terms FROM version WHERE seq = ?1) AND s.until_seq = ?1
       AND NOT EXISTS (SELECT 1 FROM standing n WHERE n.clause = s.clause AND n.first_seq = ?1)
     ORDER BY s.block LIMIT ${MOST_BLOCKS}`,
  );
  const former = database.prepare(
    `SELECT substr(b.text, 1, ${MOST_CHARACTERS}) AS text FROM standing s JOIN block b ON b.id = s.block
     WHERE s.clause = ? AND s.until_seq = ? ORDER BY s.block LIMIT 1`,
  );
  const termsOf = database.prepare('SELECT terms FROM version WHERE seq = ?');
  const standing = database.prepare(
    `SELECT ${columns} FROM ${blocks} WHERE s.terms = ?1 AND s.block IN (SELECT value FROM json_each(?2)) ORDER BY s.block`,
  );
  const brokenStandings = createBrokenStandings(database);
  /** What came back, or went for a time: known only from the spans of blocks that stand before and after. */
  const inSpans = (seq: number, isReturn: boolean): Row[] => {
    const terms = termsOf.get(seq)?.terms;
    if (terms === undefined) return [];
    const end = isReturn ? `],[${seq},` : `,${seq}],[`;
    const found = brokenStandings(Number(terms)).filter(({ spans }) => spans.includes(end));
    const first = found.slice(0, MOST_BLOCKS).map(({ block }) => block);
    return first.length === 0 ? [] : standing.all(Number(terms), JSON.stringify(first));
  };
  return (version, sought) => {
    const seq = BigInt(version.seq);
    const fresh = appeared.all(seq).flatMap((row): ChangedWording[] => {
      const before = former.get(Number(row.clause), seq);
      const change = wording(row, before && String(before.text), String(row.text));
      // Only other marks or links.
      return before && wordsOf(change.before) === wordsOf(change.after) ? [] : [change];
    });
    const lost = gone.all(seq).map((row) => wording(row, String(row.text), undefined));
    return tellingWording([...fresh, ...lost], sought, () => [
      ...inSpans(version.seq, true).map((row) => wording(row, undefined, String(row.text))),
      ...inSpans(version.seq, false).map((row) => wording(row, String(row.text), undefined)),
    ]);
  };
}

const wording = ({ heading }: Row, before: string | undefined, after: string | undefined): ChangedWording => ({
  heading: heading === null ? undefined : String(heading),
  before,
  after,
});

const wordsOf = (text = ''): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
