import { ArchiveError } from '../../git/archive-error.ts';
import type { BatchReader } from '../../git/batch-reader.ts';
import type { GitLocation } from '../../git/git-location.ts';
import { readHistory } from '../../git/history.ts';
import { parseMessage } from '../../records/message.ts';
import { type Topic, topicsOf } from '../topics/topics.ts';
import { analyseChange, type ChangeState } from './analyse-change.ts';
import type { ChangeClass } from './difference.ts';
import { type DocumentMemory, emptyMemory, rememberState } from './document-memory.ts';
import { type StatedDate, statedDates } from './effective-date.ts';
import { languageOf } from './faults.ts';
import { reasonsOf } from './reasons.ts';
import { createSharedBlocks } from './shared-blocks.ts';
import { significanceOf } from './significance.ts';
import { type DocumentState, documentState } from './state.ts';

/** One change of a file with an earlier version, judged. */
export interface AnalysedChange {
  readonly commit: string;
  readonly path: string;
  /** Fetch date, ISO 8601. */
  readonly date: string;
  readonly class: ChangeClass;
  readonly state: ChangeState;
  readonly alert: boolean;
  readonly technicalUpgrade: boolean;
  /** 0 to 1. */
  readonly significance: number;
  /** null: not available in the text's language. */
  readonly topics: readonly Topic[] | null;
  readonly statedDates: readonly StatedDate[];
  readonly reasons: readonly string[];
}

interface Document {
  readonly memory: DocumentMemory;
  state: DocumentState;
  /** The last state that was no faulty capture. */
  sound: DocumentState;
}

/**
 * Judges every change in a repository of versions, in commit order. Only reads; needs no index. Root files, first records
 * and deletions are left out; a file that comes back after a deletion goes on with its history.
 *
 * @throws ArchiveError when git fails or an object is missing; the signal's reason when it is aborted.
 */
export async function* analyseHistory(
  location: GitLocation,
  reader: BatchReader,
  options: {
    readonly head: string;
    readonly signal?: AbortSignal | undefined;
    readonly onCommits?: ((done: number) => void) | undefined;
  },
): AsyncGenerator<AnalysedChange, void, undefined> {
  const documents = new Map<string, Document>();
  const shared = createSharedBlocks();
  let commits = 0;
  for await (const batch of readHistory(location, [options.head], { signal: options.signal })) {
    // Asked for together, so that git reads ahead while the first ones are judged.
    const reading = batch.map(({ changes }) =>
      changes.map(({ path, blob }) => (blob && isDocument(path) ? reader.read(blob) : undefined)),
    );
    for (const [place, commit] of batch.entries()) {
      const date = commit.authorDate * 1000;
      const isTechnicalUpgrade = parseMessage(commit.message)?.kind === 'technical-upgrade';
      for (const [at, { path, blob }] of commit.changes.entries()) {
        const content = await reading[place]?.[at];
        if (blob === undefined || !isDocument(path)) continue;
        if (!content) throw missing(location, blob, path);
        const serviceId = path.slice(0, path.indexOf('/'));
        const document = documents.get(path);
        const former = document?.state;
        const after = documentState(new TextDecoder().decode(content), former);
        if (document) {
          const { state: before, sound, memory } = document;
          const analysis = analyseChange(
            before,
            after,
            { date, isTechnicalUpgrade },
            {
              memory,
              sound,
              servicesWith: (key) => shared.count(key, serviceId, date),
            },
          );
          const counting = analysis.blocks.filter(
            (block) => !block.furniture && (block.class === 'text' || block.class === 'date'),
          );
          const topics = topicsOf(
            counting.length > 0 ? languageOf(after) : undefined,
            counting.map(({ words, heading }) => ({ words, headings: heading })),
          );
          yield {
            commit: commit.id,
            path,
            date: new Date(date).toISOString(),
            class: analysis.class,
            state: analysis.state,
            alert: analysis.alert,
            technicalUpgrade: isTechnicalUpgrade,
            significance: significanceOf(counting, before, after, topics ?? []),
            topics: counting.length > 0 ? (topics ?? null) : [],
            statedDates: statedDates(counting),
            reasons: reasonsOf(analysis),
          };
          document.state = after;
          if (analysis.state !== 'suspect') document.sound = after;
        } else {
          const memory = emptyMemory();
          rememberState(memory, { hash: after.hash, date });
          documents.set(path, { memory, state: after, sound: after });
        }
        shared.note(serviceId, after, former, date);
      }
    }
    commits += batch.length;
    options.onCommits?.(commits);
  }
}

/** Root files are no records: README, LICENSE. */
const isDocument = (path: string): boolean => path.includes('/') && !path.startsWith('.');

const missing = ({ directory }: GitLocation, blob: string, path: string): ArchiveError =>
  new ArchiveError(`${directory} does not hold the content of ${path} (blob ${blob}); fetch the repository again`, {
    directory,
  });
