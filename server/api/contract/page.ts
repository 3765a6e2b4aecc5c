/** A part of a list, and how to get the next. */
export interface Page<Item> {
  readonly data: readonly Item[];
  /** Give it back as `cursor` for the next part; `null` at the end. Records that come later do not move it. */
  readonly nextCursor: string | null;
  /** Collections that could not answer just now, and so are not in this list. */
  readonly unavailable: readonly UnavailableCollection[];
}

/** A collection of which not all text can be searched yet: what was not found may stand there. */
export interface IncompleteCollection {
  readonly collection: string;
  /** Versions whose text is not yet searchable, of all terms of the collection. */
  readonly versionsWithoutText: number;
}

export interface UnavailableCollection {
  readonly collection: string;
  readonly message: string;
}
