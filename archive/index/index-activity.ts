/** What the index of a collection is doing. */
export type IndexActivity =
  | { readonly kind: 'ready' }
  /** `part`: records come first and can be read before the text is. */
  | { readonly kind: 'building'; readonly part: 'records' | 'text'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly message: string };
