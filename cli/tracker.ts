import { type CollectionPlaces, openForReading, openForWriting } from '../archive/collection.ts';
import { diskUse } from '../archive/disk/disk-use.ts';
import { headCommit } from '../archive/git/head-commit.ts';
import type { RecordsArchive } from '../archive/git/records-archive.ts';
import type { WriterLock } from '../archive/ledger/writer-lock.ts';
import { createExtractor, type Extractor } from '../crawler/extract/extractor.ts';
import { createFetcher, type Fetcher } from '../crawler/fetch/fetcher.ts';
import { createGuard } from '../crawler/fetch/guard.ts';
import { createGuardedFetcher } from '../crawler/fetch/guarded-fetch.ts';
import { createRehearsal, type RehearsedVersion } from '../crawler/rehearsal.ts';
import { type RunOptions, type RunReport, run } from '../crawler/run.ts';
import packageFacts from '../package.json' with { type: 'json' };
import type { LoadedCollection } from './load-collection.ts';
import type { Settings } from './settings.ts';

/** Most bytes of one answer to a service's own filter functions. */
const FILTER_FETCH_BYTES = 20_000_000;

export interface TrackerOptions {
  /** The command, named to whoever meets the lock; or the lock, where it is held for longer than the tracker is open. */
  readonly lock: string | WriterLock;
  /** true: nothing is written; what would be is in `rehearsed`. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
  readonly clock?: () => Date;
}

/** Everything that a run needs, put together from the settings of a collection. */
export interface Tracker {
  run(options: Pick<RunOptions, 'kind' | 'services' | 'termsTypes' | 'listener' | 'schedule'>): Promise<RunReport>;
  /** Text of the latest version, or undefined before the first. */
  latestText(serviceId: string, termsType: string): Promise<string | undefined>;
  readonly rehearsed: readonly RehearsedVersion[];
  close(): Promise<void>;
}

/** @throws LockedError, DiskSpaceError, LedgerError, ArchiveError. */
export async function openTracker(collection: LoadedCollection, options: TrackerOptions): Promise<Tracker> {
  const { settings } = collection;
  const { dryRun, signal, warn, clock = () => new Date() } = options;
  const places = placesOf(settings);
  const tools = createDocumentTools(collection, warn, clock);
  const reading = dryRun ? await openForReading(places) : undefined;
  const writing = dryRun ? undefined : await openForWriting(places, options.lock);
  // Or a mistyped --data would look like an archive in which nothing differs.
  if (reading && !reading.records) {
    warn(
      `there are no records in ${places.versionsDirectory} and ${places.snapshotsDirectory}; all counts as a first record. If that is not what you meant, name their folder with --data.`,
    );
  }
  const rehearsal = reading && createRehearsal(reading.records, reading.ledger);
  const work = rehearsal ?? (writing && { recorder: writing.records, ledger: writing.ledger, versions: [] });
  if (!work) throw new Error('A tracker either writes or rehearses.');
  return {
    rehearsed: work.versions,
    async latestText(serviceId, termsType) {
      const version = await work.recorder.latestVersion(serviceId, termsType);
      return version && new TextDecoder().decode(await work.recorder.content(version));
    },
    async run(runOptions) {
      const report = await run({
        ...runOptions,
        ...tools,
        ...work,
        collectionDirectory: collection.directory,
        engineVersion: places.engineVersion,
        declarationsCommit: await headCommit(collection.directory),
        // A rehearsal tells nobody of a change, so nothing has to be made sure of.
        secondFetch: writing && settings.secondFetch ? { wait: settings.secondFetchWait } : undefined,
        clock,
        signal,
      });
      if (writing) {
        await writing.records.maintain();
        const { versionsDirectory: versions, snapshotsDirectory: snapshots, ledgerFile: ledger } = settings;
        const sizes = await diskUse({ versions, snapshots, ledger });
        writing.ledger.recordSizes({ runId: report.runId, date: report.endedAt, sizes });
        for (const inTheWay of await writing.records.updateWorkTrees()) warn(inTheWay);
        if (settings.publish) await publish(writing.records, warn);
      }
      return report;
    },
    async close() {
      try {
        await tools.close();
      } finally {
        await (writing ?? reading)?.close();
      }
    },
  };
}

/** Fetcher and extractor by the settings; what `check` needs, and half of what a tracker does. */
export function createDocumentTools(
  { settings }: LoadedCollection,
  warn: (message: string) => void,
  clock?: () => Date,
): { fetcher: Fetcher; extractor: Extractor; places: number; close(): Promise<void> } {
  const fetcher = createFetcher({ ...settings, onWarning: warn, clock });
  const { allowAddresses, userAgent, totalTimeout: timeout } = settings;
  const filterFetcher = createGuardedFetcher(createGuard(allowAddresses), {
    userAgent,
    timeout,
    maxBytes: FILTER_FETCH_BYTES,
  });
  const extractor = createExtractor({ guardedFetch: filterFetcher.fetch });
  return {
    fetcher,
    extractor,
    places: settings.plainConcurrency + settings.browserConcurrency,
    async close() {
      await Promise.all([fetcher.close(), extractor.close(), filterFetcher.close()]);
    },
  };
}

/** A push that fails is told and tried again after the next run; the records are safe without it. */
async function publish({ snapshots, versions }: RecordsArchive, warn: (message: string) => void): Promise<void> {
  for (const repository of [snapshots, versions]) {
    const { ok, message } = await repository.push();
    if (!ok) warn(message);
  }
}

export const placesOf = (settings: Settings): CollectionPlaces => ({
  ...settings,
  author: { name: settings.authorName, email: settings.authorEmail },
  engineVersion: `clausewatch/${packageFacts.version}`,
});
