import { browser } from 'wxt/browser';
import { type RefreshOutcome, refresh } from '../files/refresh.ts';
import { colourBadges } from '../icon/badge.ts';
import { notifyOfNews } from '../icon/notify.ts';
import { mayReadServer } from '../setup/permissions.ts';
import { thisBrowser } from '../setup/this-browser.ts';
import { noteFailure, readLastRefresh } from '../state/last-refresh.ts';
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
  await Promise.all([retell(), colourBadges()]);
  const { succeededAt } = await readLastRefresh();
  const isDue = succeededAt === null || Date.now() - Date.parse(succeededAt) > EVERY * MINUTE_MS;
  if (isDue || !(await browser.alarms.get(NAME))) await schedule(pause(0.5, 3));
}

/** Somebody turned the extension off and on again: browsers tell nobody, but there is no alarm. */
export async function startUnlessStarted(): Promise<void> {
  if (!(await browser.alarms.get(NAME))) await atStart();
}

/**
 * Reads what the server has now, tells of it, and sets the next time. Never because of a site that is visited, nor when the
 * popup opens.
 *
 * @returns undefined where no server is chosen
 */
export async function refreshNow(): Promise<RefreshOutcome | undefined> {
  // First of all: a worker that dies meanwhile is woken again.
  await schedule(pause(HOUR / 3, HOUR));
  const { server } = await readSettings();
  if (server === '') return undefined;
  if (!(await mayAsk(server))) {
    await noteFailure('permission');
    return { kind: 'failed', reason: 'permission' };
  }
  const outcome = await refresh(server);
  await retell();
  if (outcome.kind !== 'failed') {
    await schedule(pause(EVERY - HOUR / 2, EVERY + HOUR / 2));
    await notifyOfNews();
  }
  return outcome;
}

/** Firefox adds an identifier of this installation to requests without a permission (`Origin: moz-extension://…`). */
const mayAsk = async (server: string): Promise<boolean> => thisBrowser() !== 'firefox' || (await mayReadServer(server));

/** With a period, so that it is there as long as the extension is on, also while it rings. */
const schedule = (minutes: number): Promise<void> =>
  browser.alarms.create(NAME, { delayInMinutes: minutes, periodInMinutes: Math.max(minutes, HOUR / 3) });
