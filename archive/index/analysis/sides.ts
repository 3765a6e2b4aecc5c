import type { DatabaseSync } from 'node:sqlite';

/** One of the two places in which changes are judged. */
export interface Side {
  readonly side: number;
  /** Readers are answered from it. */
  readonly isServed: boolean;
  /** Highest seq of a version that is judged. */
  readonly seq: number;
}

/** Tables with rows of either side. */
const TABLES = ['analysis', 'analysis_topic', 'analysis_reasons', 'analysis_memory', 'shared_block'];

/** Of rules of which there is no version: what was judged cannot be gone on from. */
const NO_RULES = 0;

/**
 * The side on which changes are to be judged by these rules: the served one, where that is by the same, and otherwise the
 * other one, from where a former run ended or from the beginning.
 */
export function sideToJudge(database: DatabaseSync, rules: number): Side {
  const sides = readSides(database);
  const served = sides.find(({ isServed }) => isServed);
  const other = sides.find(({ isServed }) => !isServed);
  if (!served) return makeSide(database, { side: 0, isServed: true, rules });
  if (served.rules === rules) {
    if (other) clearSide(database, other.side);
    return served;
  }
  if (other?.rules === rules) return other;
  if (other) clearSide(database, other.side);
  return makeSide(database, { side: 1 - served.side, isServed: false, rules });
}

/** Whether readers are answered from analyses that are being made anew beside. */
export function isJudgedBeside(database: DatabaseSync, rules: number): boolean {
  const served = readSides(database).find(({ isServed }) => isServed);
  return served !== undefined && served.rules !== rules;
}

/** Has readers answered from this side from now on, at once for all of them, and takes the other one away. */
export function serveSide(database: DatabaseSync, side: number): void {
  database.prepare('UPDATE judging SET is_served = (side = ?)').run(side);
  clearSide(database, 1 - side);
}

/**
 * Takes away the analyses of versions after this seq, whose rows go; inside the caller's transaction. What is remembered
 * of their documents goes no way back: all changes are judged anew, while those before are still served.
 */
export function forgetAnalyses(database: DatabaseSync, seq: number): void {
  for (const { side } of readSides(database).filter((one) => one.seq > seq)) {
    for (const table of ['analysis', 'analysis_topic', 'analysis_reasons']) {
      database.prepare(`DELETE FROM ${table} WHERE side = ? AND seq > ?`).run(side, seq);
    }
    database.prepare('UPDATE judging SET rules = ?, seq = ? WHERE side = ?').run(NO_RULES, seq, side);
  }
}

interface StoredSide extends Side {
  readonly rules: number;
}

const readSides = (database: DatabaseSync): StoredSide[] =>
  database
    .prepare('SELECT side, is_served, rules, seq FROM judging')
    .all()
    .map((row) => ({
      side: Number(row.side),
      isServed: row.is_served === 1,
      rules: Number(row.rules),
      seq: Number(row.seq),
    }));

function makeSide(
  database: DatabaseSync,
  { side, isServed, rules }: { readonly side: number; readonly isServed: boolean; readonly rules: number },
): Side {
  database
    .prepare('INSERT INTO judging (side, is_served, rules, seq) VALUES (?, ?, ?, 0)')
    .run(side, Number(isServed), rules);
  return { side, isServed, seq: 0 };
}

/** Table after table, since each takes a while. The note of the side goes last, so that it is begun again after a kill. */
function clearSide(database: DatabaseSync, side: number): void {
  for (const table of [...TABLES, 'judging']) database.prepare(`DELETE FROM ${table} WHERE side = ?`).run(side);
}
