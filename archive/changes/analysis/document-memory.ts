/** A state that a document had: all its words, whatever their order. */
export interface RememberedState {
  readonly hash: string;
  /** Fetch date of the record, milliseconds since 1970. */
  readonly date: number;
}

/** What one change of a document touched, by the keys of the blocks' words. */
export interface RememberedChange {
  readonly date: number;
  readonly touched: readonly string[];
  /** Forms `counters` of blocks that changed in numbers alone. */
  readonly counters: readonly string[];
  /** Keys of the unchanged blocks after which short blocks came, went or changed. */
  readonly places: readonly string[];
}

/** What is remembered of a document between its records. Plain data: the index keeps it as JSON. */
export interface DocumentMemory {
  /** Oldest first. */
  states: RememberedState[];
  /** Of the words, oldest first, at most `CHANGES_REMEMBERED`. */
  changes: RememberedChange[];
  /** Records in a row that look like faulty captures. */
  suspects: number;
}

export const CHANGES_REMEMBERED = 20;
const STATES_REMEMBERED = 400;

export const emptyMemory = (): DocumentMemory => ({ states: [], changes: [], suspects: 0 });

export function rememberState(memory: DocumentMemory, state: RememberedState): void {
  memory.states.push(state);
  if (memory.states.length > STATES_REMEMBERED) memory.states.shift();
}

export function rememberChange(memory: DocumentMemory, change: RememberedChange): void {
  memory.changes.push(change);
  if (memory.changes.length > CHANGES_REMEMBERED) memory.changes.shift();
}
