/** A part of a list, and how to get the next. */
export interface Page<Item> {
  readonly data: readonly Item[];
  /** Give it back as `cursor` for the next part; `null` at the end. Records that come later do not move it. */
  readonly nextCursor: string | null;
  /** Collections that could not answer just now, and so are not in this list. */
  readonly unavailable: readonly UnavailableCollection[];
}

export interface UnavailableCollection {
  readonly collection: string;
  readonly message: string;
}
