import type { RecentAlert, TermsCoverage } from '../../server/api/contract.ts';

/** Why nothing can be said of what a tab shows. */
export type NoSite = 'internal' | 'private' | 'unknown';

/** One document of a service, as a person sees it. */
export interface DocumentNews {
  readonly key: string;
  readonly type: string;
  readonly since: TermsCoverage[1];
  readonly lastAlert: TermsCoverage[2];
  /** Newest first: those of `recent`. */
  readonly alerts: readonly RecentAlert[];
  /** Of these, the unread. */
  readonly unread: readonly RecentAlert[];
}

/** A service, as a person sees it. */
export interface ServiceNews {
  readonly key: string;
  readonly collection: string;
  readonly serviceId: string;
  readonly name: string;
  /** Those with unread alerts first, then by the newest alert. */
  readonly documents: readonly DocumentNews[];
  /** `new`: never looked at; then nothing is unread, and changes of the last days are news. */
  readonly standing: 'new' | 'known' | 'muted';
}

/** What icon and badge of a site say. `news`: changes of services never looked at. */
export type SiteSignal =
  | { readonly kind: 'untracked' | 'quiet' | 'news' }
  /** Documents with unread alerts. */
  | { readonly kind: 'unread'; readonly documents: number };
