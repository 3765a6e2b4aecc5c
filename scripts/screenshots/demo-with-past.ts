import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCollection } from '../../cli/load-collection.ts';
import { openTracker } from '../../cli/tracker.ts';
import { scriptedChanges } from '../demo/changes.ts';
import { writeDemoCollection } from '../demo/collection.ts';
import { serveDemo } from '../demo/served.ts';
import { startDemoWeb } from '../demo/web.ts';

const DAY_MS = 86_400_000;

/**
 * Days between what the services publish, in the order of `scriptedChanges`. Never more than four weeks: every month has a
 * check then, as with a tracker that runs.
 */
const PAUSES = [28, 21, 27, 24, 28, 19, 26, 28, 22, 27, 25, 28, 20, 27, 28, 23];
const LAST_CHANGE_DAYS_AGO = 9;

export interface DemoWithPast {
  /** Of the server, with a slash at the end. */
  readonly address: string;
  close(): Promise<void>;
}

export interface DemoWithPastOptions {
  readonly signal: AbortSignal;
  /** Told before each run: how many of how many are done. */
  readonly progress: (done: number, total: number) => void;
  readonly now?: Date;
}

/**
 * The demo's services with the demo's changes, tracked by the real crawler as if over more than a year, and served. The
 * folder that it makes is removed when it is closed.
 *
 * @throws Error where tracking or serving fails; nothing stays open then.
 */
export async function serveDemoWithPast(options: DemoWithPastOptions): Promise<DemoWithPast> {
  const { signal, progress, now = new Date() } = options;
  const directory = await mkdtemp(join(tmpdir(), 'clausewatch-pictures-'));
  const data = join(directory, 'data');
  const web = await startDemoWeb();
  const end = async (): Promise<void> => {
    await web.close();
    await rm(directory, { recursive: true, force: true });
  };
  // Its services are on this machine: nobody has to be spared.
  process.env.CLAUSEWATCH_HOST_PAUSE ??= '0';
  process.env.CLAUSEWATCH_SECOND_FETCH_WAIT ??= '100';
  try {
    await writeDemoCollection(directory, web);
    const collection = await loadCollection(directory, { data, allowAddress: web.addresses });
    // The last run sees nothing new: terms are then unchanged since a day that is not that of the last check.
    const total = PAUSES.reduce((days, pause) => days + pause, LAST_CHANGE_DAYS_AGO);
    let daysAgo = total;
    const past = PAUSES.slice(0, scriptedChanges.length).map((pause) => {
      daysAgo -= pause;
      return daysAgo;
    });
    const runs = [total, ...past, 0.1];
    for (const [place, days] of runs.entries()) {
      signal.throwIfAborted();
      progress(place, runs.length);
      if (place > 0 && place < runs.length - 1) web.publish(place - 1);
      const begun = performance.now();
      const start = now.getTime() - days * DAY_MS;
      const clock = (): Date => new Date(start + performance.now() - begun);
      const tracker = await openTracker(collection, {
        lock: 'screenshots',
        dryRun: false,
        signal,
        warn: () => {},
        clock,
      });
      try {
        await tracker.run({ kind: 'track', services: collection.services });
      } finally {
        await tracker.close();
      }
    }
    progress(runs.length, runs.length);
    const server = await serveDemo({ directory, data, port: '0' });
    return {
      address: server.address,
      async close() {
        await server.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
