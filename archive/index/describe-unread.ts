import type { DatabaseSync } from 'node:sqlite';
import { readMeta, writeMeta } from './meta.ts';
import { hexOf } from './records/record-table.ts';
import type { UnreadText } from './text/update-text.ts';

/** What readers miss where texts could not be read, and the next step. */
export function describeUnread(database: DatabaseSync, directory: string, { count, seq, why }: UnreadText): string {
  const others = count > 1 ? `, and of ${count - 1} more versions,` : '';
  return (
    `The text of ${nameOf(database, seq)}${others} cannot be searched: ${why}. What it changed cannot be judged. ` +
    `The others can. ${nextStep(directory)}`
  );
}

/**
 * The same for changes that could not be judged; undefined where that was told before, or with their text. Notes that it
 * is told.
 *
 * @param unjudged versions in the order in which they were met.
 */
export function describeUnjudged(
  database: DatabaseSync,
  directory: string,
  unjudged: readonly { readonly seq: number; readonly why: string }[],
): string | undefined {
  const told = (['unread_versions', 'unjudged_versions'] as const).map(
    (key) => new Set<number>(JSON.parse(readMeta(database, key) ?? '[]')),
  );
  const untold = unjudged.filter(({ seq }) => !told.some((seqs) => seqs.has(seq)));
  const [first] = untold;
  if (!first) return undefined;
  const known = new Set([...(told[1] ?? []), ...untold.map(({ seq }) => seq)]);
  writeMeta(database, 'unjudged_versions', JSON.stringify([...known]));
  const count = new Set(untold.map(({ seq }) => seq)).size;
  const others = count > 1 ? `, and in ${count - 1} more versions,` : '';
  return `What changed in ${nameOf(database, first.seq)}${others} cannot be judged: ${first.why}. ${nextStep(directory)}`;
}

function nameOf(database: DatabaseSync, seq: number): string {
  const row = database
    .prepare(
      'SELECT v.commit_id, t.service_id, t.terms_type FROM version v JOIN terms t ON t.id = v.terms WHERE v.seq = ?',
    )
    .get(seq);
  return `version ${hexOf(row?.commit_id)} (${row?.service_id}, ${row?.terms_type})`;
}

const nextStep = (directory: string): string =>
  `If it is damaged, check with git -C ${directory} fsck, restore it, and start anew with "clausewatch reindex".`;
