/** What the server said of a response, to ask it later "changed since?". */
export interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** A source document as it came from its service. */
export interface FetchedDocument {
  readonly kind: 'fetched';
  /** As declared. */
  readonly location: string;
  /** After redirects. */
  readonly finalLocation: string;
  /** Lower case, without parameters. */
  readonly mimeType: string;
  /** Text decoded to Unicode as browsers do; bytes for PDFs. */
  readonly content: string | Uint8Array;
  readonly fetcher: 'htmlOnly' | 'fullDom';
  readonly fetchDate: Date;
  readonly validators: Validators;
}

/** The service said that nothing changed since the validators that were sent (HTTP 304). */
export interface NotModifiedDocument {
  readonly kind: 'not-modified';
  readonly location: string;
  readonly fetchDate: Date;
}
