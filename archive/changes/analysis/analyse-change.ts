import type { ChangeState } from './analysed-change.ts';
import { type BlockDifference, type ChangeClass, difference } from './difference/difference.ts';
import { type DocumentMemory, rememberChange, rememberState } from './documents/document-memory.ts';
import type { DocumentState } from './documents/state.ts';
import { type Fault, faultOf } from './faults.ts';
import { isFrame } from './furniture/frame.ts';
import {
  changeToRemember,
  type Furniture,
  furnitureOf,
  type ServicesWith,
  type Standing,
} from './furniture/furniture.ts';
import { furnitureOfAll } from './furniture/furniture-of-all.ts';
import { alternations, isFirstReturnAfterLong, type KnownState, knownState } from './variants.ts';
import { type WordsChanged, wordsChanged } from './words-changed.ts';

/** Raised when the same records would be judged otherwise, or what is stored of it is another. 2: reasons as codes. */
export const ANALYSIS_RULES = 2;

/** One block's part in a change, and why it counts for less than its words. */
export interface JudgedBlock extends BlockDifference {
  readonly furniture: Furniture | undefined;
}

/** What became of a document from one record to the next. */
export interface ChangeAnalysis {
  readonly class: ChangeClass;
  readonly state: ChangeState;
  readonly alert: boolean;
  readonly blocks: readonly JudgedBlock[];
  readonly fault: Fault | undefined;
  readonly known: (KnownState & { readonly alternations: number }) | undefined;
  /** Since the record before. */
  readonly words: WordsChanged;
}

export interface AnalysedRecord {
  /** Fetch date, milliseconds since 1970. */
  readonly date: number;
  readonly isTechnicalUpgrade: boolean;
}

/** What an analysis goes by beside the two states. */
export interface AnalysisContext {
  /** Of this document; taken along and changed. */
  readonly memory: DocumentMemory;
  /** The last state that was no faulty capture, where that is not `before`. */
  readonly sound?: DocumentState | undefined;
  readonly servicesWith: ServicesWith;
}

/** Records in a row, or days, after which what looks like a faulty capture is told: few documents get a third record soon. */
const SUSPECT_RECORDS = 3;
const SUSPECT_TIME = 14 * 86_400_000;
const SUSPECT_WORDS = 150;
/** Words of whole sentences in which a state that comes back after long has to differ to be told. */
const REVERTED_WORDS = 40;
const SENTENCE = 8;

/**
 * Judges one change by the states before and after and what is remembered of the document, which alone are records earlier
 * in commit order; the same records give the same answer wherever they are judged. Also remembers it.
 */
export function analyseChange(
  before: DocumentState,
  after: DocumentState,
  record: AnalysedRecord,
  { memory, sound = before, servicesWith }: AnalysisContext,
): ChangeAnalysis {
  const change = difference(before, after);
  // After faulty captures, what counts is what differs from the last sound state.
  const told = sound === before ? change : difference(sound, after);
  const { isTechnicalUpgrade, date } = record;
  // Our reading of a faulty capture leaves it one.
  const fault = isTechnicalUpgrade && memory.suspects === 0 ? undefined : faultOf(sound, after, told);
  const known = knownState(memory, after.hash, record.date);
  const turns = known
    ? alternations([...memory.states, { hash: after.hash, date: record.date }], before.hash, after.hash)
    : 0;

  const standing = standingIn(sound, after);
  const judged = told.blocks.map((block) => ({
    ...block,
    furniture: furnitureOf(block, memory, standing, servicesWith),
  }));
  const left = judged.filter(counts);
  const furniture = furnitureOfAll(left, memory, record.date, () => isFrame(left, judged, sound, after));
  const blocks = furniture ? judged.map((block) => (counts(block) ? { ...block, furniture } : block)) : judged;
  const counting = furniture ? [] : left;

  const state = ((): ChangeState => {
    if (fault) return !isTechnicalUpgrade && stays(fault, memory, before, after, date) ? 'persisting' : 'suspect';
    if (!known || told.blocks.length === 0) return known && change.blocks.length > 0 ? 'return' : 'ok';
    return isFirstReturnAfterLong(known, record.date) && sentences(counting) >= REVERTED_WORDS ? 'reverted' : 'return';
  })();
  const alert =
    !isTechnicalUpgrade &&
    (state === 'persisting' || ((state === 'ok' || state === 'reverted') && counting.length > 0));

  rememberFault(memory, state === 'suspect', record);
  if (change.blocks.length > 0) {
    rememberChange(memory, changeToRemember(change.blocks, record.date));
    rememberState(memory, { hash: after.hash, date: record.date });
  }
  return {
    class: change.class,
    state,
    alert,
    blocks,
    fault,
    known: known && { ...known, alternations: turns },
    words: wordsChanged(change.blocks),
  };
}

/** Whether a faulty capture is one more of several, or an old one, and no text that came back. */
function stays(
  fault: Fault,
  memory: DocumentMemory,
  before: DocumentState,
  after: DocumentState,
  date: number,
): boolean {
  if (memory.suspects === 0) return false;
  if (after.hash !== before.hash && knownState(memory, after.hash, date)) return false;
  if (memory.suspects + 1 >= SUSPECT_RECORDS) return true;
  // An answer that is no document does not become one by lasting.
  const isDocument = fault.kind !== 'error-wording' && after.words >= SUSPECT_WORDS;
  return isDocument && date - (memory.suspectSince ?? date) >= SUSPECT_TIME;
}

function rememberFault(memory: DocumentMemory, isSuspect: boolean, { date, isTechnicalUpgrade }: AnalysedRecord): void {
  if (!isSuspect) {
    memory.suspects = 0;
    memory.suspectSince = undefined;
  } else if (!isTechnicalUpgrade) {
    memory.suspectSince ??= date;
    memory.suspects++;
  }
}

/** Of what stands in both, the names without numbering; looked up, since few of them are asked for. */
function standingIn(before: DocumentState, after: DocumentState): Standing {
  return {
    has: (bareKey) => after.keysOf(bareKey).some((key) => before.byKey.has(key)),
  };
}

const counts = (block: JudgedBlock): boolean => !block.furniture && (block.class === 'text' || block.class === 'date');

const sentences = (blocks: readonly JudgedBlock[]): number =>
  blocks.reduce((words, { facts }) => words + (facts.count >= SENTENCE ? facts.count : 0), 0);
