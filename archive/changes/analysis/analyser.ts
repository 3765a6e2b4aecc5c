import { topicsOf } from '../topics/topics.ts';
import { analyseChange } from './analyse-change.ts';
import type { AnalysedChange } from './analysed-change.ts';
import type { AnalysisStore } from './analysis-store.ts';
import { languageOf, languageOfBlock } from './documents/document-language.ts';
import { type DocumentMemory, emptyMemory, rememberState } from './documents/document-memory.ts';
import { type DocumentState, documentState } from './documents/state.ts';
import { createStateCache } from './documents/state-cache.ts';
import { statedDates } from './effective-date.ts';
import { newShortBlocks } from './furniture/shared-blocks.ts';
import type { Reason } from './reason.ts';
import { reasonsOf } from './reasons.ts';
import { significanceOf } from './significance.ts';
import { rememberAlert, undo } from './undone.ts';

/** A record of a version, as analysis needs it. */
export interface RecordToJudge {
  readonly commit: string;
  /** `<service>/<terms type>.md`. */
  readonly path: string;
  /** Git blob of its content. */
  readonly blob: string;
  /** Fetch date, milliseconds since 1970. */
  readonly date: number;
  readonly isTechnicalUpgrade: boolean;
}

/** Judges the records of a collection one after the other, in commit order. */
export interface Analyser {
  /**
   * Judges a record by those before it and remembers it. One at a time: the next call waits for the former one's answer.
   *
   * @returns undefined for a document's first record.
   * @throws what `read` and the store throw; nothing is remembered then.
   */
  judge(record: RecordToJudge): Promise<AnalysedChange | undefined>;
  /** Whether judging that content would read nothing. */
  knows(blob: string): boolean;
}

export interface AnalyserOptions {
  readonly store: AnalysisStore;
  /** A blob's content; undefined where it cannot be read, which makes the record suspect. */
  readonly read: (blob: string) => Promise<Uint8Array | undefined>;
  /** Characters of the states kept, so that a former content is not read again. Default: 40 million. */
  readonly mostCharacters?: number | undefined;
}

/** Larger contents are no terms. The largest among 42,632 real versions has 2.6 MB. */
const MOST_BYTES = 20_000_000;
const MOST_CHARACTERS = 40_000_000;
/** What a `Date` can hold. */
const LAST_DATE = 8.64e15;

/**
 * Judges changes of a collection's terms. Nothing but the records judged so far in commit order decides, so that one run,
 * many runs over the same store, and a run over the bare repository agree.
 */
export function createAnalyser({ store, read, mostCharacters = MOST_CHARACTERS }: AnalyserOptions): Analyser {
  const states = createStateCache(mostCharacters);
  const decoder = new TextDecoder();

  async function stateOf(blob: string, former?: DocumentState): Promise<DocumentState | undefined> {
    const known = states.get(blob);
    if (known) return known;
    const content = await read(blob);
    if (!content || content.byteLength > MOST_BYTES) return undefined;
    const state = documentState(decoder.decode(content), former);
    states.set(blob, state);
    return state;
  }

  function begin({ path, blob }: RecordToJudge, after: DocumentState, memory: DocumentMemory, date: number): void {
    rememberState(memory, { hash: after.hash, date });
    memory.latest = blob;
    memory.sound = blob;
    memory.suspects = 0;
    store.note(serviceOf(path), newShortBlocks(after, undefined), date);
    store.remember(path, memory);
  }

  return {
    knows: (blob) => states.has(blob),
    async judge(record) {
      const { path, blob, commit, isTechnicalUpgrade } = record;
      const date = Math.max(-LAST_DATE, Math.min(LAST_DATE, record.date || 0));
      const memory = store.memoryOf(path);
      const before = memory && (await stateOf(memory.latest));
      const after = await stateOf(blob, before);
      if (!memory) {
        if (after) begin(record, after, emptyMemory(), date);
        return undefined;
      }
      if (!after) return unreadable({ code: 'unreadable' });
      const sound = memory.sound === memory.latest ? before : await stateOf(memory.sound);
      if (!before) {
        begin(record, after, memory, date);
        return unreadable({ code: 'former-unreadable' });
      }

      const serviceId = serviceOf(path);
      const analysis = analyseChange(
        before,
        after,
        { date, isTechnicalUpgrade },
        { memory, sound: sound ?? before, servicesWith: (key) => store.count(key, serviceId, date) },
      );
      const isFaulty = analysis.state === 'suspect' || analysis.state === 'persisting';
      const undoes = isFaulty ? [] : undo(memory);
      if (analysis.alert) rememberAlert(memory, commit);
      memory.latest = blob;
      if (analysis.state !== 'suspect') memory.sound = blob;
      store.note(serviceId, newShortBlocks(after, before), date);
      store.remember(path, memory);

      const counting = analysis.blocks.filter(
        (block) => !block.furniture && (block.class === 'text' || block.class === 'date'),
      );
      const language = languageOf(after);
      const topics = topicsOf(
        counting.length > 0 ? language : undefined,
        counting.map(({ facts, words, heading, side }) => ({
          words,
          headings: heading,
          side,
          language: languageOfBlock(facts),
        })),
      );
      return {
        class: analysis.class,
        state: analysis.state,
        alert: analysis.alert,
        significance: significanceOf(counting, before, after, topics ?? []),
        topics: counting.length > 0 ? (topics ?? null) : [],
        language,
        statedDates: statedDates(counting, language),
        undoes,
        wordsAdded: analysis.words.added,
        wordsRemoved: analysis.words.removed,
        reasons: reasonsOf(analysis),
      };
    },
  };
}

const serviceOf = (path: string): string => path.slice(0, Math.max(0, path.indexOf('/')));

/** What a record is about that cannot be compared is not known: it may be anything. */
const unreadable = (reason: Reason): AnalysedChange => ({
  class: 'text',
  state: 'suspect',
  alert: false,
  significance: 0,
  topics: [],
  language: undefined,
  statedDates: [],
  undoes: [],
  wordsAdded: 0,
  wordsRemoved: 0,
  reasons: [reason],
});
