/** What a feed tells of one version. */
export interface FeedEntry {
  /** The same in every feed, for ever. */
  readonly id: string;
  readonly title: string;
  /** Fetch date. */
  readonly updated: Date;
  readonly link: { readonly href: string; readonly type: 'application/json' | 'text/html' };
  readonly serviceId: string;
  readonly termsType: string;
  readonly recordType: 'First record' | 'Technical upgrade' | 'Change';
}

/** A feed before it is written in a format. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly logo: string | undefined;
  /** Address of this feed in this format. */
  readonly self: string;
  /** Address of the same feed in the other formats. */
  readonly alternates: readonly { readonly href: string; readonly type: string }[];
  /** Newest first. */
  readonly entries: readonly FeedEntry[];
}

/** Entries in one feed, as OTA has it. */
export const MAX_ENTRIES = 100;

/**
 * Date of the latest entry. A feed without entries has the beginning of time, so that it is the same whenever it is
 * asked for (as in OTA).
 */
export const lastUpdated = ({ entries }: Pick<Feed, 'entries'>): Date =>
  new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime())));
