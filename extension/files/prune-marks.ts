import { forgetIds, readAllMarks } from '../state/marks.ts';
import { readAlerts } from './file-store.ts';

/**
 * Takes out of the marks what was noted and cannot come again: it was noted before the days that `recent` has, and is not in
 * it. What was noted later stays noted even where it is missing, as other rules or another index may bring it again.
 *
 * @param recentSince YYYY-MM-DD
 */
export async function pruneMarks(recentSince: string): Promise<void> {
  for (const [key, { read, known }] of await readAllMarks()) {
    if (read.length + known.length === 0) continue;
    const ids = (await readAlerts(key)).map(({ id }) => id);
    await forgetIds(key, { before: recentSince, but: new Set(ids) });
  }
}
