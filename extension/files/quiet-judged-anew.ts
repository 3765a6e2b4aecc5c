import type { ExtensionManifest } from '../../server/api/contract.ts';
import { toldAt } from '../news/news-of-service.ts';
import { markRead, readAllMarks } from '../state/marks.ts';
import { readAlertsOf } from './file-store.ts';

/**
 * Notes as read what is an alert now only because the server judges by other rules or made its index anew: changes that it knew
 * when the former files were made, and did not tell of. Before the new files are shown, so that nobody sees them as unread.
 */
export async function quietJudgedAnew(former: ExtensionManifest, current: ExtensionManifest): Promise<void> {
  if (former.epoch === current.epoch || former.newestRecord === null) return;
  const known = Date.parse(former.newestRecord);
  for (const key of (await readAllMarks()).keys()) {
    const told = new Set((await readAlertsOf(former, key)).map(({ id }) => id));
    const anew = (await readAlertsOf(current, key)).filter((alert) => !told.has(alert.id) && toldAt(alert) <= known);
    if (anew.length > 0)
      await markRead(
        key,
        anew.map(({ id }) => id),
      );
  }
}
