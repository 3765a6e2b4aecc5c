import { readAlerts } from '../files/file-store.ts';
import { readLastRefresh } from '../state/last-refresh.ts';
import { forget, readMarks, star, startKnowing } from '../state/marks.ts';

/** “I already use this”: its changes since installation are unread, and notifications name it. */
export async function chooseService(key: string, since: Date): Promise<unknown> {
  const [alerts, { succeededAt }] = await Promise.all([readAlerts(key), readLastRefresh()]);
  return startKnowing(key, since, { isStarred: true, files: { alerts, from: succeededAt } });
}

/** Takes it back. What was looked at on its own site stays known. */
export async function unchooseService(key: string): Promise<void> {
  const mark = (await readMarks([key])).get(key);
  if (mark?.lookedAt === null) await forget(key);
  else await star(key, false);
}
