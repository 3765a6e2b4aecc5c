import type { DatabaseSync } from 'node:sqlite';
import { ANALYSIS_RULES } from '../changes/analysis/analyse-change.ts';
import { ArchiveError } from '../git/archive-error.ts';
import type { BatchReader } from '../git/batch-reader.ts';
import type { GitLocation } from '../git/git-location.ts';
import { isJudgedBeside } from './analysis/sides.ts';
import { type AnalysisSettings, updateAnalysis } from './analysis/update-analysis.ts';
import { countLines } from './count-lines.ts';
import { describeUnjudged, describeUnread } from './describe-unread.ts';
import { readMeta } from './meta.ts';
import { updateText } from './text/update-text.ts';

type Progress = { readonly done: number; readonly total: number };

export interface ContentsUpdateOptions {
  /** Reads the repository; stays open. */
  readonly texts: BatchReader;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (part: 'analysis' | 'text' | 'lines', progress: Progress) => void;
  readonly onProblem?: ((message: string) => void) | undefined;
  readonly analysis?: AnalysisSettings | undefined;
}

/**
 * Takes in what follows from the texts of versions whose records are there: judges the changes, makes the texts
 * searchable, and beside both, since that is another git's work, counts lines. People are told of changes first; but
 * where all changes are judged anew while the former analyses are served, what is new can be searched before.
 *
 * @throws ArchiveError when git fails; the signal's reason when it is aborted.
 */
export async function updateContents(
  database: DatabaseSync,
  location: GitLocation,
  options: ContentsUpdateOptions,
): Promise<void> {
  const { texts, onProgress, onProblem, analysis } = options;
  const ending = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal;
  const tip = readMeta(database, 'versions_tip');
  const assertReadable = async (): Promise<void> => {
    if (tip !== undefined && (await texts.object(tip))) return;
    throw new ArchiveError(
      `The repository ${location.directory} was replaced while it was read: it has no commit ${tip} any more`,
      location,
    );
  };
  let counted: Progress | undefined;
  let isCountingAlone = false;
  const counting = countLines(database, location, {
    signal,
    onProgress(progress) {
      counted = progress;
      if (isCountingAlone) onProgress('lines', progress);
    },
  }).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const unjudged: { readonly seq: number; readonly why: string }[] = [];
  const judge = async (): Promise<void> => {
    await updateAnalysis(database, texts.read, {
      ...analysis,
      signal,
      assertReadable,
      onProgress: (progress) => onProgress('analysis', progress),
      onUnread: (seq, why) => unjudged.push({ seq, why }),
    });
  };
  const takeText = async (): Promise<void> => {
    if (!database.prepare('SELECT 1 FROM terms WHERE latest_seq > text_seq LIMIT 1').get()) return;
    await updateText(database, texts.read, {
      signal,
      assertReadable,
      onProgress: (progress) => onProgress('text', progress),
      onUnread: (unread) => onProblem?.(describeUnread(database, location.directory, unread)),
    });
  };
  try {
    const isBeside = isJudgedBeside(database, analysis?.rules ?? ANALYSIS_RULES);
    await inTurn(isBeside ? [takeText, judge] : [judge, takeText], signal);
  } catch (error) {
    ending.abort();
    await counting;
    throw error;
  }
  const message = describeUnjudged(database, location.directory, unjudged);
  if (message !== undefined) onProblem?.(message);
  isCountingAlone = true;
  if (counted) onProgress('lines', counted);
  const failure = await counting;
  // git cannot count beyond a text that is missing or damaged. That was told; all else goes on.
  const isTold =
    failure?.error instanceof ArchiveError &&
    (['unread_versions', 'unjudged_versions'] as const).some((key) => readMeta(database, key) !== undefined);
  if (failure && !isTold) throw failure.error;
}

/**
 * One after the other, also where one fails: a change that cannot be judged for a fault of ours is to keep no text from
 * being searched.
 *
 * @throws what failed first; when it is aborted, at once.
 */
async function inTurn(parts: readonly (() => Promise<void>)[], signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) {
    try {
      await part();
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
