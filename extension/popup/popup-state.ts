import type { KnownOfService } from '../news/news-of-service.ts';
import type { LastRefresh } from '../state/last-refresh.ts';
import type { Receipt, Settings } from '../state/settings-types.ts';
import type { LookedAt } from '../views/coverage-view.ts';
import type { Emptiness } from '../views/empty-view.ts';

/** A service of the site, as it was when the popup was opened. */
export interface OpenedService extends KnownOfService {
  readonly lookedAt: LookedAt;
  /** What was agreed to of it, newest first. */
  readonly receipts: readonly Receipt[];
}

export interface OpenedSite {
  readonly kind: 'site';
  readonly host: string;
  readonly services: readonly OpenedService[];
  /** By which it is judged what is unread. */
  readonly settings: Settings;
}

/** All that a popup shows. */
export interface PopupState {
  readonly content: Emptiness | OpenedSite;
  readonly lastRefresh: LastRefresh;
  /** What the server calls itself, and where its website begins; both empty where nothing was downloaded. */
  readonly server: { readonly name: string; readonly website: string };
}

const showNothing = (content: Emptiness): PopupState => ({
  content,
  lastRefresh: { succeededAt: null, failure: null },
  server: { name: '', website: '' },
});

/** Where what is kept in the browser cannot be read. */
export const DAMAGED = showNothing({ kind: 'damaged' });

export const PRIVATE = showNothing({ kind: 'private' });
