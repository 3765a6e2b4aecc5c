import { createHash } from 'node:crypto';
import type { AnalysedChange } from '../../../../archive/changes/analysis/analysed-change.ts';
import { type Analyser, createAnalyser } from '../../../../archive/changes/analysis/analyser.ts';
import type { AnalysisStore } from '../../../../archive/changes/analysis/analysis-store.ts';
import { readMemory, writeMemory } from '../../../../archive/changes/analysis/documents/document-memory.ts';
import { createSharedBlocks } from '../../../../archive/changes/analysis/furniture/shared-blocks.ts';
import { reasonSentence } from '../../../../archive/changes/analysis/reason-sentence.ts';

/** A record of a history of tests. */
export interface TestRecord {
  /** Default: the fictional service's terms. */
  readonly path?: string;
  /** Content; undefined: it cannot be read. */
  readonly text: string | Uint8Array | undefined;
  /** Days since 1 January 2024; default: one more than the record before. */
  readonly day?: number;
  readonly isTechnicalUpgrade?: boolean;
}

/** A change with its reasons in sentences. */
export type JudgedChange = Omit<AnalysedChange, 'reasons'> & { readonly reasons: readonly string[] };

export const TERMS = 'Lampwright/Terms of Service.md';

/** A store that keeps nothing but text, as a database does. */
export function createTextStore(): AnalysisStore {
  const texts = new Map<string, string>();
  return {
    ...createSharedBlocks(),
    memoryOf: (path) => {
      const text = texts.get(path);
      return text === undefined ? undefined : readMemory(text);
    },
    remember: (path, memory) => void texts.set(path, writeMemory(memory)),
  };
}

/** Number of a record's commit, of which ids are made: the third record's is `0…03`. */
export const commitOf = (place: number): string => (place + 1).toString().padStart(40, '0');

/**
 * Judges the records in their order.
 *
 * @param restartsAt places before which another analyser goes on over the same store.
 */
export async function judgeAll(
  records: readonly TestRecord[],
  {
    store = createTextStore(),
    restartsAt = () => false,
  }: { store?: AnalysisStore; restartsAt?(place: number): boolean } = {},
): Promise<(JudgedChange | undefined)[]> {
  const contents = new Map<string, Uint8Array>();
  const start = (): Analyser => createAnalyser({ store, read: async (blob) => contents.get(blob) });
  let analyser = start();
  const judged: (JudgedChange | undefined)[] = [];
  let last = -1;
  for (const [place, { path = TERMS, text, day = last + 1, isTechnicalUpgrade = false }] of records.entries()) {
    last = day;
    const content = text === undefined ? undefined : new TextEncoder().encode(typeof text === 'string' ? text : '');
    const bytes = text instanceof Uint8Array ? text : content;
    const blob = createHash('sha1')
      .update(bytes ?? `unreadable ${place}`)
      .digest('hex');
    if (bytes) contents.set(blob, bytes);
    if (restartsAt(place)) analyser = start();
    const date = Date.UTC(2024, 0, 1) + day * 86_400_000;
    const change = await analyser.judge({ commit: commitOf(place), path, blob, date, isTechnicalUpgrade });
    judged.push(change && { ...change, reasons: change.reasons.map(reasonSentence) });
  }
  return judged;
}
