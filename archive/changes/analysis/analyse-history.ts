import type { BatchReader } from '../../git/batch-reader.ts';
import type { GitLocation } from '../../git/git-location.ts';
import { readHistory } from '../../git/history.ts';
import { parseMessage } from '../../records/message.ts';
import type { AnalysedChange } from './analysed-change.ts';
import { createAnalyser } from './analyser.ts';
import { createMemoryStore } from './memory-store.ts';

/** One change of a file with an earlier version, judged, and where it stands. */
export interface RecordedChange extends AnalysedChange {
  readonly commit: string;
  readonly path: string;
  /** Fetch date, ISO 8601. */
  readonly date: string;
  readonly technicalUpgrade: boolean;
}

/**
 * Judges every change in a repository of versions, in commit order. Only reads; needs no index. Root files, first records
 * and deletions are left out; a file that comes back after a deletion goes on with its history. A content that cannot be
 * read makes its record suspect.
 *
 * @throws ArchiveError when git fails; the signal's reason when it is aborted.
 */
export async function* analyseHistory(
  location: GitLocation,
  reader: BatchReader,
  options: {
    readonly head: string;
    readonly signal?: AbortSignal | undefined;
    readonly onCommits?: ((done: number) => void) | undefined;
  },
): AsyncGenerator<RecordedChange, void, undefined> {
  /** Asked for together, so that git reads ahead while the first ones are judged. */
  let reading = new Map<string, Promise<Uint8Array | undefined>>();
  const analyser = createAnalyser({
    store: createMemoryStore(),
    read: (blob) => reading.get(blob) ?? reader.read(blob),
  });
  let commits = 0;
  for await (const batch of readHistory(location, [options.head], { signal: options.signal })) {
    reading = new Map();
    for (const { path, blob } of batch.flatMap(({ changes }) => changes)) {
      if (!blob || !isDocument(path) || reading.has(blob) || analyser.knows(blob)) continue;
      const content = reader.read(blob);
      // Told where it is awaited.
      content.catch(() => undefined);
      reading.set(blob, content);
    }
    for (const { id: commit, authorDate, message, changes } of batch) {
      const date = authorDate * 1000;
      const isTechnicalUpgrade = parseMessage(message)?.kind === 'technical-upgrade';
      for (const { path, blob } of changes) {
        if (!blob || !isDocument(path)) continue;
        const change = await analyser.judge({ commit, path, blob, date, isTechnicalUpgrade });
        if (change) yield { commit, path, date: isoDate(date), technicalUpgrade: isTechnicalUpgrade, ...change };
      }
    }
    commits += batch.length;
    options.onCommits?.(commits);
  }
}

/** Root files are no records: README, LICENSE. */
const isDocument = (path: string): boolean => path.includes('/') && !path.startsWith('.');

/** Git keeps dates that no calendar has. */
const isoDate = (date: number): string => new Date(Math.abs(date) <= 8.64e15 ? date : 0).toISOString();
