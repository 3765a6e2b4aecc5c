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

/** A block that appeared with a version, or that went. */
interface Standing {
  readonly block: number;
  readonly clause: number;
  /** Block of the heading above it. */
  readonly heading: number | null;
}

/**
 * The most telling among the blocks that appeared with a version, beside its former wording, and those that went; where
 * these tell nothing, what came back or went for a time. Texts are read one after the other until one tells something. What
 * went is asked for by terms and version: the standings of one clause are thousands where it changes with every version.
 */
export function createChangedWording(database: DatabaseSync): FindChangedWording {
  const columns = 'block, clause, heading';
  const appeared = database.prepare(`SELECT ${columns} FROM standing WHERE first_seq = ? ORDER BY block`);
  const ended = database.prepare(`SELECT ${columns} FROM standing WHERE terms = ? AND until_seq = ? ORDER BY block`);
  const textOfBlock = database.prepare(`SELECT substr(text, 1, ${MOST_CHARACTERS}) AS text FROM block WHERE id = ?`);
  const headingOfBlock = database.prepare('SELECT text FROM block WHERE id = ?');
  const termsOf = database.prepare('SELECT terms FROM version WHERE seq = ?');
  const standing = database.prepare(
    `SELECT ${columns} FROM standing WHERE terms = ?1 AND block IN (SELECT value FROM json_each(?2)) ORDER BY block`,
  );
  const brokenStandings = createBrokenStandings(database);
  const textOf = ({ block }: Standing): string => String(textOfBlock.get(block)?.text ?? '');
  const wording = ({ heading }: Standing, before: string | undefined, after: string | undefined): ChangedWording => ({
    heading: heading === null ? undefined : String(headingOfBlock.get(heading)?.text ?? ''),
    before,
    after,
  });
  const standingsOf = (terms: number, found: readonly number[]): Standing[] =>
    found.length === 0 ? [] : standing.all(terms, JSON.stringify(found)).map(toStanding);
  return ({ seq }, sought) => {
    const row = termsOf.get(seq);
    if (!row) return undefined;
    const terms = Number(row.terms);
    const came = appeared.all(seq).map(toStanding);
    const went = ended.all(terms, seq).map(toStanding);
    return tellingWording(changes(), sought, () => {
      // Known only from the spans of blocks that stand before and after.
      const { returned, left } = brokenStandings(terms, seq, MOST_BLOCKS);
      return [
        ...standingsOf(terms, returned).map((one) => wording(one, undefined, textOf(one))),
        ...standingsOf(terms, left).map((one) => wording(one, textOf(one), undefined)),
      ];
    });

    function* changes(): Generator<ChangedWording> {
      const former = new Map(went.toReversed().map((one) => [one.clause, one]));
      for (const one of came.slice(0, MOST_BLOCKS)) {
        const replaced = former.get(one.clause);
        const change = wording(one, replaced && textOf(replaced), textOf(one));
        // Only other marks or links.
        if (!(replaced && wordsOf(change.before) === wordsOf(change.after))) yield change;
      }
      const continued = new Set(came.map(({ clause }) => clause));
      const lost = went.filter(({ clause }) => !continued.has(clause));
      for (const one of lost.slice(0, MOST_BLOCKS)) yield wording(one, textOf(one), undefined);
    }
  };
}

const toStanding = ({ block, clause, heading }: Row): Standing => ({
  block: Number(block),
  clause: Number(clause),
  heading: heading === null ? null : Number(heading),
});

const wordsOf = (text = ''): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
