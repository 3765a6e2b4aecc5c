import type { DatabaseSync } from 'node:sqlite';
import { forgetText } from '../text/forget-text.ts';

/** Terms → the terms that they continue under a new name. */
export type FormerNames = ReadonlyMap<number, number>;

export function readFormerNames(database: DatabaseSync): FormerNames {
  const rows = database.prepare('SELECT id, formerly FROM terms WHERE formerly IS NOT NULL').all();
  return new Map(rows.map(({ id, formerly }) => [Number(id), Number(formerly)]));
}

/**
 * Takes away the text that no longer follows from the rows: of terms that lost versions, and of terms that were told to
 * continue others than before. Clauses go on through a change of name, so the text of all names goes together, of those
 * that belonged together before and of those that do now.
 *
 * @param before the names as they were when the text was made.
 */
export function forgetChangedText(
  database: DatabaseSync,
  options: { readonly abandoned: Iterable<number>; readonly before: FormerNames },
): void {
  const { abandoned, before } = options;
  const now = readFormerNames(database);
  const hasText = database.prepare('SELECT 1 FROM terms WHERE id = ? AND text_seq > 0');
  const changed = new Set(abandoned);
  for (const id of new Set([...before.keys(), ...now.keys()])) {
    // A name that is new, and has no text yet, is simply read on from what it continues.
    if (before.get(id) !== now.get(id) && hasText.get(id)) changed.add(id);
  }
  if (changed.size > 0) forgetText(database, together(changed, [before, now]));
}

/** All terms that names connect with these. */
function together(terms: ReadonlySet<number>, names: readonly FormerNames[]): Set<number> {
  const connected = new Map<number, number[]>();
  for (const [id, former] of names.flatMap((some) => [...some])) {
    connected.set(id, [...(connected.get(id) ?? []), former]);
    connected.set(former, [...(connected.get(former) ?? []), id]);
  }
  const found = new Set(terms);
  // A set is walked to its end, also over what is added meanwhile.
  for (const id of found) for (const other of connected.get(id) ?? []) found.add(other);
  return found;
}
