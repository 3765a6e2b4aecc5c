/** What the index of a collection is doing. */
export type IndexActivity =
  | { readonly kind: 'ready' }
  | IndexBuilding
  | { readonly kind: 'failed'; readonly message: string };

/** Each part counts from the beginning, and has a total of its own; 0 while that is not known. */
export interface IndexBuilding {
  readonly kind: 'building';
  /**
   * Records come first and can be read before their changes are judged and their text is in; the counts of added and
   * deleted lines are last.
   */
  readonly part: 'records' | 'analysis' | 'text' | 'lines';
  readonly done: number;
  readonly total: number;
}
