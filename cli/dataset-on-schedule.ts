import { schedule as scheduleCron } from 'node-cron';
import type { Logger } from 'pino';
import type { ConfiguredServer } from './configured-collections.ts';
import { describeError } from './describe-error.ts';
import { InterruptedError } from './interruption.ts';
import { datasetSettings, makeDataset } from './make-dataset.ts';

export interface DatasetSchedules {
  /** No further dataset is begun; the one in progress is given up, and leaves nothing. */
  stop(): Promise<void>;
}

/**
 * Makes datasets of the collections of a server, of each by its own `datasetSchedule`, one after the other however their
 * turns fall together. Not at once: a server that starts has better things to do.
 */
export async function scheduleDatasets(
  { collections, settings }: Pick<ConfiguredServer, 'collections' | 'settings'>,
  log: Pick<Logger, 'info' | 'warn' | 'error'>,
  options: object = {},
): Promise<DatasetSchedules> {
  const stopping = new AbortController();
  const tasks: ReturnType<typeof scheduleCron>[] = [];
  const waiting = new Set<string>();
  let turn: Promise<void> = Promise.resolve();

  for (const collection of collections) {
    const { datasetSchedule } = await datasetSettings(collection, settings, options);
    if (datasetSchedule === undefined) continue;
    const { id } = collection;
    const make = async (): Promise<void> => {
      try {
        stopping.signal.throwIfAborted();
        const { facts } = await makeDataset(collection, { settings, options, signal: stopping.signal });
        const { filename, versionsCount, size } = facts;
        log.info({ collection: id, file: filename, versions: versionsCount, bytes: size }, 'dataset made');
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ err: error, collection: id }, `no dataset could be made: ${describeError(error)}`);
      } finally {
        waiting.delete(id);
      }
    };
    const begin = (): void => {
      if (waiting.has(id)) {
        log.warn({ collection: id }, 'a dataset is still being made; this turn of its schedule was left out');
        return;
      }
      waiting.add(id);
      turn = turn.then(make);
    };
    // As with runs: a machine that was asleep makes up for the last turn that it missed.
    tasks.push(
      scheduleCron(datasetSchedule, begin, {
        missedExecutionTolerance: Number.MAX_SAFE_INTEGER,
        suppressMissedWarning: true,
      }),
    );
    log.info({ collection: id, schedule: datasetSchedule, next: tasks.at(-1)?.getNextRun() }, 'datasets scheduled');
  }

  return {
    async stop() {
      stopping.abort(new InterruptedError('The server was stopped.'));
      await Promise.all(tasks.map((task) => task.destroy()));
      await turn;
    },
  };
}
