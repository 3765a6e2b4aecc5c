import type { ExtensionManifest } from '../../server/api/contract.ts';
import { toldAt } from '../news/news-of-service.ts';
import { noteKnown, readAllMarks } from '../state/marks.ts';
import { readAlertsOf } from './file-store.ts';

/**
 * Notes as known what is an alert now only because the server judges by other rules or made its index anew: changes that it knew
 * when the former files were made and did not tell of, or told of as earlier than it does now. Before the new files are shown,
 * so that nobody sees them as unread.
 */
export async function quietJudgedAnew(former: ExtensionManifest, current: ExtensionManifest): Promise<void> {
  if (former.epoch === current.epoch || former.newestRecord === null) return;
  const newest = Date.parse(former.newestRecord);
  for (const [key, mark] of await readAllMarks()) {
    const after = Date.parse(mark.after);
    const told = new Map((await readAlertsOf(former, key)).map((alert) => [alert.id, toldAt(alert)]));
    const anew = (await readAlertsOf(current, key)).filter((alert) => {
      const before = told.get(alert.id);
      return before === undefined ? toldAt(alert) <= newest : before <= after;
    });
    // Most of it is of before the mark, and not unread anyway.
    const quiet = anew.filter((alert) => toldAt(alert) > after && !mark.known.includes(alert.id));
    if (quiet.length > 0)
      await noteKnown(
        key,
        quiet.map(({ id }) => id),
      );
  }
}
