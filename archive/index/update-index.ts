import type { DatabaseSync } from 'node:sqlite';
import { ArchiveError } from '../git/archive-error.ts';
import { type BatchReader, openBatchReader } from '../git/batch-reader.ts';
import { type GitLocation, locateRepository } from '../git/git-location.ts';
import { readHead } from '../git/head.ts';
import { countHistory } from '../git/history.ts';
import { MOST_TEXT_BYTES } from '../records/content-limits.ts';
import type { AnalysisSettings } from './analysis/update-analysis.ts';
import { IndexUnavailableError, type IndexUnavailableReason } from './index-error.ts';
import { readMeta, writeMeta } from './meta.ts';
import { namingIndex, openIndexForWriting, removeIndex } from './open-index.ts';
import { RECORD_META, type RecordsOf } from './records/record-table.ts';
import { updateContents } from './update-contents.ts';
import { type RecordsUpdate, updateRecords } from './update-records.ts';

/** How far an update is. `total` is 0 while it is not known. */
export interface IndexProgress {
  /**
   * `records` come first and can be read before their changes are judged (`analysis`) and their text is in; `lines` are
   * the counts of added and deleted lines.
   */
  readonly part: 'records' | 'analysis' | 'text' | 'lines';
  readonly done: number;
  readonly total: number;
}

export interface UpdateIndexOptions {
  readonly versionsDirectory: string;
  /** May be absent, or name a directory that is not there: an archive without snapshots. */
  readonly snapshotsDirectory?: string | undefined;
  readonly indexFile: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  /** What readers will miss, and the next step, in plain words; each thing is told once. */
  readonly onProblem?: ((message: string) => void) | undefined;
  /** Bytes of a version's text that are read; a longer one cannot be searched. Default 20 MB. */
  readonly mostTextBytes?: number | undefined;
  /** How changes are judged; default: by the rules of this release. */
  readonly analysis?: AnalysisSettings | undefined;
  /** false: records only. Default true. */
  readonly withText?: boolean | undefined;
}

/** What an update came to. */
export interface UpdateReport {
  readonly versions: RecordsUpdate;
  readonly snapshots: RecordsUpdate;
  /** Why the former index was thrown away; undefined where it was continued, or there was none. */
  readonly replaced: IndexUnavailableReason | undefined;
}

/**
 * Brings an index up to the present state of its archive, in this thread: makes it where there is none, or where it is
 * damaged or of another schema. The records can be read before their changes are judged and their text is in; each part
 * goes on where a former update was ended, however it ended.
 *
 * The caller is the only writer of this index and holds its lock.
 *
 * @throws ArchiveError when git fails; IndexUnavailableError with reason `unusable` when the file cannot be written;
 *   the signal's reason when it is aborted.
 */
export async function updateIndex(options: UpdateIndexOptions): Promise<UpdateReport> {
  try {
    return await update(options, undefined);
  } catch (error) {
    if (!(error instanceof IndexUnavailableError)) throw error;
    if (error.reason !== 'damaged' && error.reason !== 'other-schema') throw error;
    removeIndex(options.indexFile);
    return await update(options, error.reason);
  }
}

async function update(
  options: UpdateIndexOptions,
  replaced: IndexUnavailableReason | undefined,
): Promise<UpdateReport> {
  const database = openIndexForWriting(options.indexFile);
  try {
    return { ...(await updateParts(database, options)), replaced };
  } catch (error) {
    return namingIndex(options.indexFile, () => {
      throw error;
    });
  } finally {
    database.close();
  }
}

async function updateParts(
  database: DatabaseSync,
  options: UpdateIndexOptions,
): Promise<Pick<UpdateReport, 'versions' | 'snapshots'>> {
  const { versionsDirectory, snapshotsDirectory, signal, onProgress, withText = true } = options;
  const versionsLocation = await locate(database, 'versions', versionsDirectory);
  const snapshotsLocation = await locate(database, 'snapshots', snapshotsDirectory);
  const progressOf =
    (part: IndexProgress['part']) =>
    ({ done, total }: { readonly done: number; readonly total: number }): void =>
      onProgress?.({ part, done, total });

  let done = 0;
  let total = 0;
  const onCommits = (count: number): void => progressOf('records')({ done: done + count, total });
  if (onProgress && readMeta(database, 'updated_at') === undefined) {
    // Beside the reading itself, which begins at once.
    void countCommits([versionsLocation, snapshotsLocation]).then((count) => {
      total = count;
    });
  }
  // A version names its snapshots, which are committed before it: so they are indexed first, and no version that came
  // after we began, whose snapshots may be missed.
  const texts = versionsLocation && withText ? openTexts(versionsLocation, options) : undefined;
  try {
    const upTo = versionsLocation && (await headOf(versionsLocation, texts));
    const snapshots = await updateRecords(database, 'snapshots', snapshotsLocation, { signal, onCommits });
    done = snapshots.commits;
    const versions = await updateRecords(database, 'versions', versionsLocation, { signal, onCommits, upTo });
    writeMeta(database, 'updated_at', new Date().toISOString());
    if (texts && versionsLocation) {
      await updateContents(database, versionsLocation, {
        texts,
        signal,
        onProgress: (part, progress) => progressOf(part)(progress),
        onProblem: options.onProblem,
        analysis: options.analysis,
      });
    }
    return { versions, snapshots };
  } finally {
    await texts?.close();
  }
}

/** By the git that will read texts, so that a new record costs no git more; where that finds none, as `readHead` says it. */
async function headOf(location: GitLocation, texts: BatchReader | undefined): Promise<string | undefined> {
  const head = await texts?.object('HEAD^{commit}').catch(() => undefined);
  return head?.type === 'commit' && head.id.length === SHA_1_DIGITS ? head.id : await readHead(location);
}

const SHA_1_DIGITS = 40;

const openTexts = (location: GitLocation, { mostTextBytes = MOST_TEXT_BYTES }: UpdateIndexOptions): BatchReader =>
  openBatchReader(location, { mostBytes: mostTextBytes });

/**
 * A directory in which no repository is yet has no records; one in which there was a repository and is none now is a
 * fault, such as a disk that is not mounted: what is indexed stays until it is back.
 */
async function locate(
  database: DatabaseSync,
  records: RecordsOf,
  directory: string | undefined,
): Promise<GitLocation | undefined> {
  if (directory === undefined) return undefined;
  const location = await locateRepository(directory);
  if (!location && readMeta(database, RECORD_META[records].tip) !== undefined) {
    throw new ArchiveError(
      `The ${records} that are indexed were in ${directory}, and there is no git repository now; put it back, or start anew with "clausewatch reindex"`,
      { directory },
    );
  }
  return location;
}

/** Commits of all repositories; 0 where they cannot be counted, which is told by who reads them. */
async function countCommits(locations: readonly (GitLocation | undefined)[]): Promise<number> {
  const counts = locations.map((location) => (location ? countHistory(location, ['HEAD']).catch(() => 0) : 0));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
