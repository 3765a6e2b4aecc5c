/** A state that a document had: all its words, whatever their order. */
export interface RememberedState {
  readonly hash: string;
  /** Fetch date of the record, milliseconds since 1970. */
  readonly date: number;
  /** Commit of the alerted change that brought it, as long as nothing undid that. */
  readonly alerted?: string | undefined;
}

/** What one change of a document touched, by the keys of the blocks' words. */
export interface RememberedChange {
  readonly date: number;
  readonly touched: readonly string[];
  /** Keys of the forms `counters` of blocks that changed in numbers alone. */
  readonly counters: readonly string[];
  /** Keys of the unchanged blocks after which short blocks came, went or changed. */
  readonly places: readonly string[];
}

/**
 * What is remembered of a document between its records: all that judging the next one needs beside the contents of the
 * two blobs named. Plain data, as JSON keeps it.
 */
export interface DocumentMemory {
  /** Git blob of the latest record that could be read; empty before the first. */
  latest: string;
  /** Git blob of the last record that did not look like a faulty capture. */
  sound: string;
  /** Oldest first; the last one is that of `latest`. */
  states: RememberedState[];
  /** Of the words, oldest first, at most `CHANGES_REMEMBERED`. */
  changes: RememberedChange[];
  /** Records in a row that look like faulty captures. */
  suspects: number;
  /** Fetch date of the first of them, milliseconds since 1970. */
  suspectSince?: number | undefined;
}

export const CHANGES_REMEMBERED = 20;
const STATES_REMEMBERED = 400;
/** Of each kind in one change. What touches more blocks is another document, not its furniture. */
const NAMES_REMEMBERED = 500;

export const emptyMemory = (): DocumentMemory => ({ latest: '', sound: '', states: [], changes: [], suspects: 0 });

export function rememberState(memory: DocumentMemory, state: RememberedState): void {
  memory.states.push(state);
  if (memory.states.length > STATES_REMEMBERED) memory.states.shift();
}

export function rememberChange(memory: DocumentMemory, change: RememberedChange): void {
  memory.changes.push({
    date: change.date,
    touched: change.touched.slice(0, NAMES_REMEMBERED),
    counters: change.counters.slice(0, NAMES_REMEMBERED),
    places: change.places.slice(0, NAMES_REMEMBERED),
  });
  if (memory.changes.length > CHANGES_REMEMBERED) memory.changes.shift();
}

/** Memory as text, for stores. */
export const writeMemory = (memory: DocumentMemory): string => JSON.stringify(memory);

/** Memory from the text that `writeMemory` made. */
export const readMemory = (text: string): DocumentMemory => JSON.parse(text);
