/** What a feed tells of one version. */
export interface FeedEntry {
  /** The same in every feed, for ever. */
  readonly id: string;
  readonly title: string;
  /** Fetch date, or the check by which it came to be told. */
  readonly updated: Date;
  readonly link: EntryLink;
  /** The version for programs, where `link` leads to a page for people. */
  readonly record?: EntryLink | undefined;
  readonly serviceId: string;
  readonly termsType: string;
  readonly recordType: 'First record' | 'Technical upgrade' | 'Change';
  /** What to read of it before it is opened; of a change that was judged, its judgement says that. */
  readonly summary?: string | undefined;
  /** How the change was judged; absent where it was not, and in Open Terms Archive's feeds. */
  readonly judgement?: EntryJudgement | undefined;
}

export interface EntryLink {
  readonly href: string;
  readonly type: 'application/json' | 'text/html';
}

/** What our own feeds tell of a change beside what Open Terms Archive's do. */
export interface EntryJudgement {
  /** In sentences. */
  readonly summary: string;
  readonly class: string;
  readonly state: string;
  readonly alert: boolean;
  readonly significance: number;
  /** null: not available in the text's language. */
  readonly topics: readonly string[] | null;
  /** YYYY-MM-DD. */
  readonly effectiveDate: string | undefined;
  /** Entries that this one withdraws. */
  readonly undoes: readonly { readonly id: string; readonly link: EntryLink; readonly title: string }[];
}

/** A feed before it is written in a format. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly logo: string | undefined;
  /** Address of this feed in this format. */
  readonly self: string;
  /** The page of what the feed holds, for people; Open Terms Archive's feeds have none. */
  readonly page?: string | undefined;
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

export const summaryIn = ({ judgement, summary }: FeedEntry): string | undefined => judgement?.summary ?? summary;
