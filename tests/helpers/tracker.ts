import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type CollectionPlaces,
  openForReading,
  openForWriting,
  type WritableCollection,
} from '../../archive/collection.ts';
import { parseTerms } from '../../archive/declarations/parse-terms.ts';
import type { Service } from '../../archive/declarations/service.ts';
import type { Check } from '../../archive/ledger/check.ts';
import type { SecondFetch } from '../../archive/ledger/second-fetch.ts';
import { ExtractError } from '../../crawler/extract/extract-error.ts';
import { createExtractor } from '../../crawler/extract/extractor.ts';
import { createFetcher } from '../../crawler/fetch/fetcher.ts';
import type { FetcherOptions } from '../../crawler/fetch/fetcher-options.ts';
import type { TermsOutcome } from '../../crawler/outcome.ts';
import type { Recorder } from '../../crawler/recorder.ts';
import { createRehearsal, type RehearsedVersion } from '../../crawler/rehearsal.ts';
import { type RunKind, type RunOptions, run } from '../../crawler/run.ts';

/** The real tracker over a real archive in a temporary folder; ends with the test. */
export interface TestTracker {
  readonly collectionDirectory: string;
  readonly recorder: Recorder;
  run(
    services: readonly Service[],
    kind?: RunKind,
    listener?: RunOptions['listener'],
  ): Promise<readonly TermsOutcome[]>;
  /** One run over the service `Example` with these declarations; the statuses in their order. */
  statuses(declarations: Record<string, unknown>, kind?: RunKind): Promise<string[]>;
  /** What a run over the service `Example` would record. */
  rehearse(declarations: Record<string, unknown>): Promise<readonly RehearsedVersion[]>;
  declare(declarations: Record<string, unknown>): readonly Service[];
  /** All checks in the ledger, oldest first. */
  checks(): readonly Check[];
  /** All second fetches in the ledger, oldest first. */
  secondFetches(): readonly SecondFetch[];
  /** How the last run ended, by the ledger. */
  lastRunStatus(): string | undefined;
  /** The next extraction fails as one that was cut off by its time limit. */
  failNextExtraction(): void;
  /** How often terms were extracted until now. */
  extractions(): number;
  /** Versions of a service, oldest first. */
  versions(serviceId: string): Promise<{ subject: string; text: string }[]>;
  subjects(repository: 'snapshots' | 'versions'): Promise<string[]>;
  files(repository: 'snapshots' | 'versions'): Promise<string[]>;
  /** Path and hash of every file of the data. */
  fingerprint(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openTestTracker(
  options: {
    clock?: () => Date;
    fetcher?: Partial<FetcherOptions>;
    /** By default changes are fetched once. */
    secondFetch?: RunOptions['secondFetch'];
    signal?: AbortSignal;
  } = {},
): Promise<TestTracker> {
  const clock = options.clock ?? (() => new Date());
  const collectionDirectory = await mkdtemp(join(tmpdir(), 'clausewatch-tracker-'));
  await mkdir(join(collectionDirectory, 'declarations'));
  const data = join(collectionDirectory, 'data');
  const places: CollectionPlaces = {
    dataDirectory: data,
    versionsDirectory: join(data, 'versions'),
    snapshotsDirectory: join(data, 'snapshots'),
    ledgerFile: join(data, 'ledger.sqlite'),
    lockFile: join(data, 'tracker.lock'),
    author: { name: 'Test', email: 'test@clausewatch.example' },
    snapshotIdentifierTemplate: './data/snapshots/%SNAPSHOT_ID',
    engineVersion: 'clausewatch/test',
    diskFloor: 0,
    groupDelay: 20,
  };
  const collection: WritableCollection = await openForWriting(places, 'test');
  const fetcher = createFetcher({
    userAgent: 'Clausewatch test',
    language: 'en',
    hostPause: 0,
    clock,
    ...options.fetcher,
  });
  const extractor = createExtractor({ workers: 1 });
  let extractions = 0;
  let isFailing = false;
  let isOpen = true;
  const tools = {
    fetcher,
    extractor: {
      ...extractor,
      extract: (...request: Parameters<typeof extractor.extract>) => {
        extractions++;
        if (isFailing) {
          isFailing = false;
          return Promise.reject(new ExtractError('unreadable', 'took too long'));
        }
        return extractor.extract(...request);
      },
    },
    collectionDirectory,
    clock,
    signal: options.signal ?? new AbortController().signal,
    secondFetch: options.secondFetch,
    engineVersion: places.engineVersion,
  };
  const git = (repository: 'snapshots' | 'versions', ...args: string[]): string => {
    const directory = join(data, repository);
    const isEmpty = execFileSync('git', ['-C', directory, 'for-each-ref']).length === 0;
    return isEmpty ? '' : execFileSync('git', ['-C', directory, ...args], { encoding: 'utf8' });
  };
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

  const tracker: TestTracker = {
    collectionDirectory,
    recorder: collection.records,
    declare(declarations) {
      const filtersFile = join(collectionDirectory, 'declarations', 'Example.filters.js');
      const historyFile = join(collectionDirectory, 'declarations', 'Example.filters.history.js');
      const terms = Object.entries(declarations).map(([type, json]) => parseTerms('Example', type, json));
      return [
        {
          id: 'Example',
          name: 'Example',
          terms,
          history: new Map(),
          filtersFile: existsSync(filtersFile) ? filtersFile : undefined,
          filtersHistoryFile: existsSync(historyFile) ? historyFile : undefined,
        },
      ];
    },
    async run(services, kind = 'track', listener = undefined) {
      const { records: recorder, ledger } = collection;
      const { outcomes } = await run({ ...tools, recorder, ledger, kind, services, listener });
      return outcomes;
    },
    async statuses(declarations, kind) {
      return (await tracker.run(tracker.declare(declarations), kind)).map(({ status }) => status);
    },
    async rehearse(declarations) {
      const reading = await openForReading(places);
      try {
        const rehearsal = createRehearsal(reading.records, reading.ledger);
        await run({ ...tools, ...rehearsal, kind: 'track', services: tracker.declare(declarations) });
        return rehearsal.versions;
      } finally {
        await reading.close();
      }
    },
    checks: () => collection.ledger.checksBetween({ since: new Date(0), until: new Date('9999-01-01') }),
    secondFetches: () => collection.ledger.secondFetches().map(({ secondFetch }) => secondFetch),
    lastRunStatus: () => collection.ledger.lastRun()?.status,
    extractions: () => extractions,
    failNextExtraction() {
      isFailing = true;
    },
    async versions(serviceId) {
      const commits = lines(git('versions', 'log', '--reverse', '--format=%H %s', '--', serviceId));
      return commits.map((line) => {
        const [id = '', ...subject] = line.split(' ');
        const [path = ''] = lines(
          git('versions', '-c', 'core.quotePath=false', 'show', '--format=', '--name-only', id),
        );
        return { subject: subject.join(' '), text: git('versions', 'show', `${id}:${path}`) };
      });
    },
    subjects: async (repository) => lines(git(repository, 'log', '--reverse', '--format=%s')),
    files: async (repository) => lines(git(repository, 'ls-tree', '-r', '--name-only', 'HEAD')),
    async fingerprint() {
      await collection.records.flush();
      return readdirSync(data, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => `${path} ${createHash('sha1').update(readFileSync(path)).digest('hex')}`);
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await Promise.all([fetcher.close(), extractor.close()]);
      await collection.close();
      await rm(collectionDirectory, { recursive: true, force: true });
    },
  };
  return tracker;
}

/** As {@link openTestTracker}, closed when the test ends. */
export async function trackerOfTest(options?: Parameters<typeof openTestTracker>[0]): Promise<TestTracker> {
  const tracker = await openTestTracker(options);
  onTestFinished(() => tracker.close());
  return tracker;
}
