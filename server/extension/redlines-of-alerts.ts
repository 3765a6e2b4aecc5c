import { setTimeout as wait } from 'node:timers/promises';
import { ArchiveError } from '../../archive/git/archive-error.ts';
import { toSide } from '../api/routes/redlines.ts';
import { QueriesBusyError, QueryTooExpensiveError, TextTooLargeError } from '../queries/query-error.ts';
import type { QueryPool } from '../queries/query-pool.ts';
import { type CutRedline, cutRedline, NOT_COMPARED } from './cut-redline.ts';
import type { ToldAlert } from './told-alerts.ts';

/** Shortened redlines of alerts; remembers those that were asked for since the last {@link RedlinesOfAlerts.forgetOthers}. */
export interface RedlinesOfAlerts {
  of(alert: ToldAlert, signal: AbortSignal): Promise<CutRedline>;
  /** Drops what was not asked for since this was called last. */
  forgetOthers(): void;
}

const MOST_ATTEMPTS = 3;
const WHILE_BUSY = 500;

/** One redline at a time, by the threads for questions: whoever asks the server has the other thread. */
export function createRedlinesOfAlerts(queries: Pick<QueryPool, 'redline'>): RedlinesOfAlerts {
  let known = new Map<string, CutRedline>();
  let asked = new Map<string, CutRedline>();

  /** @returns undefined where the records cannot be read just now */
  async function make(alert: ToldAlert, signal: AbortSignal): Promise<CutRedline | undefined> {
    const { collection, previous, version } = alert;
    for (let expensive = 0; expensive < MOST_ATTEMPTS; ) {
      try {
        return cutRedline(await queries.redline(toSide(collection, previous), toSide(collection, version), signal));
      } catch (error) {
        if (error instanceof TextTooLargeError) return NOT_COMPARED;
        if (error instanceof ArchiveError) return undefined;
        if (error instanceof QueryTooExpensiveError) expensive++;
        else if (!(error instanceof QueriesBusyError)) throw error;
        await wait(WHILE_BUSY, undefined, { signal });
      }
    }
    return NOT_COMPARED;
  }

  return {
    async of(alert, signal) {
      const name = `${alert.previous.blob} ${alert.version.blob}`;
      const found = asked.get(name) ?? known.get(name) ?? (await make(alert, signal));
      if (found) asked.set(name, found);
      return found ?? NOT_COMPARED;
    },
    forgetOthers() {
      known = asked;
      asked = new Map();
    },
  };
}
