/** What a second fetch, some seconds after a change of the text was recorded, gave. */
export type SecondFetch = {
  readonly runId: number;
  readonly serviceId: string;
  readonly termsType: string;
  /** Commit of the version that records the change. */
  readonly versionId: string;
  /** When it was done; for `awaited`, when it is due. */
  readonly date: Date;
} & SecondFetchResult;

/** `awaited` is entered beforehand, so that readers can wait for what comes of it. */
export type SecondFetchResult =
  | { readonly outcome: 'awaited' }
  /**
   * `found`: the text is the recorded one, the one before it, or a third. A third one confirms a change where what the
   * change added stands in it as well.
   */
  | { readonly outcome: 'confirmed' | 'not-reproduced'; readonly found: SecondText }
  /** No verdict: the change counts as if nothing had been fetched again. */
  | { readonly outcome: 'failed'; readonly reason: string; readonly message: string };

export type SecondText = 'new' | 'former' | 'other';

/** A second fetch and its place in the ledger: later ones have higher ids. */
export interface NumberedSecondFetch {
  readonly id: number;
  readonly secondFetch: SecondFetch;
}
