import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { createPause } from '../../archive/pause.ts';
import type { ServerDeps } from '../deps.ts';
import { type Basis, basisOf, isSameBasis, unfinished } from './basis.ts';
import type { BuiltFile } from './extension-file.ts';
import { createFormerFiles } from './former-files.ts';
import { type Generation, makeGeneration } from './generation.ts';
import { createRecentFiles } from './recent-files.ts';
import { createRedlinesOfAlerts } from './redlines-of-alerts.ts';

/** The files that extensions download: made in the background, never for a request. */
export interface ExtensionFiles {
  /** undefined: none was made yet. */
  current(): Generation | undefined;
  /** Of the current generation, or of one of the last quarter of an hour. */
  file(sha256: string): BuiltFile | undefined;
  /** What makes a former index or file of services the current one; undefined: download the whole. */
  delta(from: string, to: string): Promise<string | undefined>;
  /**
   * Makes the files anew if records, declarations, domains or the day changed since they were made last; waits for what is
   * being made already. Faults are logged: the former files stay.
   */
  update(): Promise<void>;
  /** Ends what is being made. */
  close(): Promise<void>;
}

export interface ExtensionFilesOptions extends Pick<ServerDeps, 'queries' | 'log'> {
  readonly collections: ServedCollections;
  readonly clock?: (() => Date) | undefined;
  /** Milliseconds between two looks; default 2,000. `never`: only `update` looks. */
  readonly every?: number | 'never' | undefined;
}

/** A generation takes at most a tenth of the time: while terms are tracked, something changes every second. */
const REST = 10;
/** Milliseconds that are waited for changes to be judged: files in which alerts are missing would tell of them twice. */
const PATIENCE = 10 * 60_000;

export function createExtensionFiles(options: ExtensionFilesOptions): ExtensionFiles {
  const { collections, queries, log, clock = () => new Date(), every = 2_000 } = options;
  const redlines = createRedlinesOfAlerts(queries);
  const recent = createRecentFiles(() => clock().getTime());
  const formerIndexes = createFormerFiles(createPause);
  const formerServices = createFormerFiles(createPause);
  const ending = new AbortController();
  const { signal } = ending;
  let current: Generation | undefined;
  let basis: Basis | undefined;
  let unfinishedSince: number | undefined;
  let failure: string | undefined;
  const toldCollisions = new Set<string>();
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function isWaiting(now: Date): boolean {
    const waitingFor = unfinished(collections);
    if (waitingFor.length === 0) {
      unfinishedSince = undefined;
      return false;
    }
    unfinishedSince ??= now.getTime();
    return now.getTime() - unfinishedSince < PATIENCE;
  }

  async function look(): Promise<void> {
    if (signal.aborted) return;
    const now = clock();
    const next = basisOf(collections, now);
    if ((basis && isSameBasis(basis, next)) || isWaiting(now)) return;
    const begun = performance.now();
    const made = await makeGeneration(collections, { now, redlines, pause: createPause(), signal });
    await formerIndexes.add(made.index, createPause());
    await formerServices.add(made.services, createPause());
    recent.add([made.index, made.services, ...made.recent]);
    const isOther = current?.index.sha256 !== made.index.sha256 || current.services.sha256 !== made.services.sha256;
    current = made;
    basis = next;
    failure = undefined;
    for (const { left, kept } of made.collisions) {
      if (toldCollisions.has(left.key)) continue;
      toldCollisions.add(left.key);
      log.warn(
        { left: [left.collection, left.service.id], kept: [kept.collection, kept.service.id] },
        'Two services have the same key in the files for extensions; the first one named is left out of them.',
      );
    }
    const facts = { milliseconds: Math.round(performance.now() - begun), sequence: made.sequence };
    log[isOther ? 'info' : 'debug'](facts, 'files for extensions made');
  }

  function update(): Promise<void> {
    turn = turn.then(look).catch((error: unknown) => {
      if (signal.aborted) return;
      // The same fault every two seconds would hide others.
      if (String(error) !== failure)
        log.error({ err: error }, 'The files for extensions could not be made; it is tried again');
      failure = String(error);
    });
    return turn;
  }

  function later(milliseconds: number): void {
    if (every === 'never' || signal.aborted) return;
    timer = setTimeout(async () => {
      const begun = performance.now();
      await update();
      later(Math.max(every, (performance.now() - begun) * REST));
    }, milliseconds);
    timer.unref();
  }
  later(0);

  return {
    current: () => current,
    file: (sha256) => recent.find(sha256),
    delta: async (from, to) => (await formerIndexes.delta(from, to)) ?? (await formerServices.delta(from, to)),
    update,
    async close() {
      ending.abort();
      clearTimeout(timer);
      await turn;
    },
  };
}
