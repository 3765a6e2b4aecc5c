import { browser } from 'wxt/browser';
import { readSettings } from '../state/settings.ts';
import { loadWords } from '../words/words.ts';
import { hasIconRules } from './apply-icon-rules.ts';
import { iconPaths } from './icon-images.ts';
import { iconOf } from './icon-rules.ts';
import { findTold, type ToldSite, type ToldSites } from './told-sites.ts';
import { readToldNear, readToldSites, toldItemOf } from './told-state.ts';

/** What is used of a browser's tab; without the permission for tabs it has no address. */
export interface OpenTab {
  readonly id?: number;
  readonly url?: string;
  readonly incognito: boolean;
}

/** A number beyond says no more and has no room. */
const MOST_SHOWN = 9;
/** Tabs of which it is known when they went somewhere: more than go somewhere while the browser answers. */
const MOST_MOVED = 500;

/** White on the alert colour of look.md: 6.2 to 1, on both kinds of toolbars. */
const GROUND = '#9A4A06';
const TEXT = '#FFFFFF';

let known: Promise<ToldSites> | undefined;
const near = new Map<string, Promise<ToldSites>>();
let titles: Promise<Titles> | undefined;

/** What a badge says, in words. */
type Titles = (host: string, site: ToldSite) => string;

/** Read once while the worker lives: it alone writes them. */
function sitesNow(): Promise<ToldSites> {
  known ??= readToldSites().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

/** Of a worker that was just woken, no more than the site asked for. */
function sitesNear(host: string): Promise<ToldSites> {
  if (known) return known;
  const item = toldItemOf(host);
  const read = near.get(item);
  if (read) return read;
  const reading = readToldNear(host).catch((error: unknown) => {
    near.delete(item);
    throw error;
  });
  near.set(item, reading);
  return reading;
}

/** What is told from now on, with the settings as they are now. */
export function tellSites(sites: ToldSites): void {
  known = Promise.resolve(sites);
  near.clear();
  titles = undefined;
}

/** Of all badges. Once for each start of the browser: Chromium keeps it, Firefox does not. */
export async function colourBadges(): Promise<void> {
  await Promise.all([
    browser.action.setBadgeBackgroundColor({ color: GROUND }),
    browser.action.setBadgeTextColor({ color: TEXT }),
  ]);
}

/** Number of the last time that a tab went somewhere, by tab, and of all times so far. */
const moved = new Map<number, number>();
let moves = 0;
const turns = new Map<number, Promise<unknown>>();

function noteMove(tabId: number): void {
  moved.delete(tabId);
  moved.set(tabId, ++moves);
  const [oldest] = moved.keys();
  if (moved.size > MOST_MOVED && oldest !== undefined) moved.delete(oldest);
}

/** What is done to a tab's badge, one after the other: the last one begun is what is seen. */
function inTurn(tabId: number, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(tabId) ?? Promise.resolve()).catch(() => undefined).then(work);
  turns.set(tabId, turn);
  const end = (): void => {
    if (turns.get(tabId) === turn) turns.delete(tabId);
  };
  turn.then(end, end);
  return turn;
}

/**
 * Shows in a tab's badge what is told of its site. Browsers take a tab's badge away by themselves when it goes elsewhere, so
 * that on most sites nothing is to be done.
 */
export async function showBadge(tab: OpenTab): Promise<void> {
  const { id } = tab;
  if (id === undefined) return;
  noteMove(id);
  const host = hostOf(tab);
  if (host === undefined) return;
  await inTurn(id, async () => {
    const site = findTold(await sitesNear(host), host);
    if (site !== 0) await show(id, host, site);
  });
}

/** Shows what is told now in the badges of all tabs, and takes away those that no longer hold. */
export async function showAllBadges(): Promise<void> {
  const sites = await sitesNow();
  const before = moves;
  const tabs: readonly OpenTab[] = await browser.tabs.query({});
  await Promise.all(
    tabs.map(async (tab) => {
      const { id } = tab;
      // What went elsewhere since the browser was asked is shown already, and not what it shows according to the answer.
      if (id === undefined || (moved.get(id) ?? 0) > before) return;
      const host = hostOf(tab);
      const site = host === undefined ? 0 : findTold(sites, host);
      // Before it is waited for, a tab may be closed: that is no fault.
      await inTurn(id, () => (host !== undefined && site !== 0 ? show(id, host, site) : clear(id))).catch(
        () => undefined,
      );
    }),
  );
}

/** Takes the badges of all tabs away; works without knowing what they show. */
export async function clearBadges(): Promise<void> {
  const tabs: readonly OpenTab[] = await browser.tabs.query({});
  await Promise.all(
    tabs.map(({ id }) => (id === undefined ? undefined : inTurn(id, () => clear(id)).catch(() => undefined))),
  );
}

/** Of websites in ordinary windows: of private ones nothing is looked up. */
function hostOf({ url, incognito }: OpenTab): string | undefined {
  if (incognito || url === undefined || !/^https?:/.test(url)) return undefined;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

async function show(tabId: number, host: string, site: ToldSite): Promise<void> {
  const text = typeof site !== 'number' ? '' : site > MOST_SHOWN ? `${MOST_SHOWN}+` : String(site);
  await Promise.all([browser.action.setBadgeText({ tabId, text }), showIcon(tabId, site)]);
  titles ??= readTitles().catch((error: unknown) => {
    titles = undefined;
    throw error;
  });
  await browser.action.setTitle({ tabId, title: (await titles)(host, site) });
}

async function readTitles(): Promise<Titles> {
  const { language, days } = await readSettings();
  const words = await loadWords(language);
  return (name, site) =>
    site === 'news'
      ? words('icon_title_news', { name, count: days })
      : words('icon_title_unread', { name, count: site });
}

/** Where the browser has rules, they do; on Android nothing does. */
async function showIcon(tabId: number, site: ToldSite): Promise<void> {
  if (!hasIconRules()) await browser.action.setIcon?.({ tabId, path: iconPaths(iconOf(site)) });
}

async function clear(tabId: number): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ tabId, text: '' }),
    browser.action.setTitle({ tabId, title: '' }),
    showIcon(tabId, 0),
  ]);
}
