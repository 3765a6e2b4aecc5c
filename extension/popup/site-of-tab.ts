import type { NoSite } from '../news/news-types.ts';

/** What a browser says of a tab. */
export interface SeenTab {
  /** Absent where the extension may not know it. */
  readonly url?: string | undefined;
  readonly incognito?: boolean | undefined;
}

/** The host of the site that a tab shows, or why there is none. */
export function siteOfTab(tab: SeenTab | undefined): { readonly host: string } | NoSite {
  if (tab?.incognito) return 'private';
  if (tab?.url === undefined || !URL.canParse(tab.url)) return 'unknown';
  const { protocol, hostname } = new URL(tab.url);
  return /^https?:$/.test(protocol) && hostname !== '' ? { host: hostname } : 'internal';
}
