import { browser } from 'wxt/browser';
import type { SiteSignal } from '../news/news-types.ts';
import { asRecord } from '../state/heal.ts';
import { changeItem, readItem, readItems, type Shape } from '../state/item.ts';
import type { ServiceSignals, ToldSites } from './told-sites.ts';

/**
 * What was made of files, marks and settings, kept so that a worker that was woken by a navigation reads one item and no file.
 * It says no more than these do, and is made anew from them at any time. Sites lie in several items, by their last two labels:
 * all of 100,000 services in one took 226 ms to read.
 */
const SITES = 'told:sites:';
const ITEMS = 64;
const SIGNALS = 'told:signals';

/** Judged one by one when they are asked for: a navigation pays for one, not for all. */
const sites: Shape<ToldSites> = { heal: (stored) => asRecord(stored) as ToldSites };

const signals: Shape<ServiceSignals> = {
  heal: (stored) => new Map(Object.entries(asRecord(stored)).flatMap(([key, told]) => readSignal(key, told))),
};

export async function readToldSites(): Promise<ToldSites> {
  return Object.assign({}, ...(await readItems(ALL_SITES, sites)));
}

/** What is told of a host and its neighbours, in one of the items. */
export const readToldNear = (host: string): Promise<ToldSites> => readItem(toldItemOf(host), sites);

export async function keepToldSites(told: ToldSites): Promise<void> {
  const items = new Map(ALL_SITES.map((item): [string, Record<string, ToldSites[string]>] => [item, {}]));
  for (const [domain, site] of Object.entries(told)) {
    const near = items.get(toldItemOf(domain));
    if (near && site !== undefined) near[domain] = site;
  }
  await browser.storage.local.set(Object.fromEntries(items));
}

const ALL_SITES = Array.from({ length: ITEMS }, (_, place) => `${SITES}${place}`);

/** A host and all domains above it lie in the same item. */
export function toldItemOf(host: string): string {
  let sum = 0;
  for (const sign of host.replace(/\.$/, '').split('.').slice(-2).join('.'))
    sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  return `${SITES}${sum % ITEMS}`;
}

/** As `news` or the number of documents, by key. */
export const readSignals = (): Promise<ServiceSignals> => readItem(SIGNALS, signals);
export const keepSignals = (told: ServiceSignals): Promise<unknown> =>
  changeItem<unknown, unknown>(SIGNALS, { heal: () => undefined }, () =>
    Object.fromEntries([...told].map(([key, signal]) => [key, signal.kind === 'unread' ? signal.documents : 'news'])),
  );

/** Whether an item of `storage.local` is one of these. */
export const isTold = (item: string): boolean => item.startsWith(SITES) || item === SIGNALS;

function readSignal(key: string, told: unknown): readonly (readonly [string, SiteSignal])[] {
  if (told === 'news') return [[key, { kind: 'news' }]];
  const isCount = typeof told === 'number' && Number.isInteger(told) && told > 0;
  return isCount ? [[key, { kind: 'unread', documents: told }]] : [];
}
