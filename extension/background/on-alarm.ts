import { browser } from 'wxt/browser';
import { type RefreshOutcome, refresh } from '../files/refresh.ts';
import { notifyOfNews } from '../icon/notify.ts';
import { readLastRefresh } from '../state/last-refresh.ts';
import { readSettings } from '../state/settings.ts';
import { caught } from './caught.ts';
import { retell } from './retell.ts';

const NAME = 'refresh';
const HOUR = 60;
const MINUTE_MS = 60_000;
const EVERY = 6 * HOUR;

/** Minutes until the next one, with jitter: servers are not asked by everybody at once, and no one by a clock of their own. */
const pause = (least: number, most: number): number => least + Math.random() * (most - least);

/** Reads what the server has at its hour, and soon after a start that missed one. */
export function followAlarms(): void {
  browser.alarms.onAlarm.addListener(({ name }: { readonly name: string }) => {
    if (name === NAME) caught(refreshNow());
  });
  browser.runtime.onStartup.addListener(() => caught(atStart()));
}

/** Also makes anew what depends on the day: news are none any more after some days. */
export async function atStart(): Promise<void> {
  await retell();
  const { succeededAt } = await readLastRefresh();
  const isDue = succeededAt === null || Date.now() - Date.parse(succeededAt) > EVERY * MINUTE_MS;
  // An alarm of an earlier session may be there or not: browsers differ.
  if (isDue || !(await browser.alarms.get(NAME))) await schedule(pause(0.5, 3));
}

/**
 * Reads what the server has now, tells of it, and sets the next time. Never because of a site that is visited, nor when the
 * popup opens.
 *
 * @returns undefined where no server is chosen
 */
export async function refreshNow(): Promise<RefreshOutcome | undefined> {
  const { server } = await readSettings();
  if (server === '') return undefined;
  // First of all: a worker that dies meanwhile is woken again.
  await schedule(pause(HOUR / 3, HOUR));
  const outcome = await refresh(server);
  await retell();
  if (outcome.kind !== 'failed') {
    await schedule(pause(EVERY - HOUR / 2, EVERY + HOUR / 2));
    await notifyOfNews();
  }
  return outcome;
}

const schedule = (delayInMinutes: number): Promise<void> => browser.alarms.create(NAME, { delayInMinutes });
