/** What a person has chosen. Kept in `storage.local` alone, never sent. */
export interface Settings {
  /** Scheme, host and base path without a slash at the end; empty: none is chosen. */
  readonly server: string;
  /** Days for which a change of a service never looked at is shown by a dot: 1 to 30. */
  readonly days: number;
  readonly badge: boolean;
  readonly notifications: 'off' | 'each' | 'weekly';
  /** Topics that raise badge and notifications; empty: all. */
  readonly topics: readonly string[];
  /** Terms types and services (by key) of which nothing is told. */
  readonly mutedTypes: readonly string[];
  readonly mutedServices: readonly string[];
  /** Of the interface; `auto`: the browser's. */
  readonly language: 'auto' | 'en' | 'fr' | 'de' | 'es';
  /** Whether the chip is shown where terms are agreed to; needs its permission as well. */
  readonly agreeMoment: boolean;
}

/** What a person knows of one service. By its key; kept in `storage.local` alone, never written in private windows. */
export interface ServiceMark {
  /** When the service began to be known: at the first look, or with “I already use this” at installation. ISO 8601. */
  readonly since: string;
  /** Alerts told after this moment are unread: some days before `since`, as they may come later than they are of. ISO 8601. */
  readonly after: string;
  /** Ids of versions whose alerts there were then, or that are alerts only by other rules than then: never unread. Pruned as `read`. */
  readonly known: readonly string[];
  /** Ids of versions whose alerts were read since. Pruned once `recent` no longer has them. */
  readonly read: readonly string[];
  /** Chosen as one's own: notifications name it, the welcome page and the options list it. */
  readonly isStarred: boolean;
  /** When the popup was last opened on it. */
  readonly lookedAt: string | null;
}

/** What somebody agreed to, kept because they asked for it. */
export interface Receipt {
  readonly key: string;
  readonly serviceName: string;
  readonly termsType: string;
  /** Id and date of the version that was the last recorded one; `null` where none is known. */
  readonly versionId: string | null;
  readonly versionDate: string | null;
  readonly agreedAt: string;
}
