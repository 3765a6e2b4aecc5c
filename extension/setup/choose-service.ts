import { forget, readMarks, star, startKnowing } from '../state/marks.ts';

/** “I already use this”: its changes since installation are unread, and notifications name it. */
export const chooseService = (key: string, installedAt: Date): Promise<unknown> =>
  startKnowing(key, installedAt, { isStarred: true });

/** Takes it back. What was looked at on its own site stays known. */
export async function unchooseService(key: string, now: Date): Promise<void> {
  const mark = (await readMarks([key])).get(key);
  if (mark?.lookedAt === null) await forget(key);
  else await star(key, false, now);
}
