import type { SiteSignal } from '../news/news-types.ts';
import { asRecord } from '../state/heal.ts';
import { changeItem, readItem, type Shape } from '../state/item.ts';
import type { ServiceSignals, ToldSites } from './told-sites.ts';

/**
 * What was made of files, marks and settings, kept so that a worker that was woken by a navigation reads one item and no file.
 * It says no more than these do, and is made anew from them at any time.
 */
const SITES = 'told:sites';
const SIGNALS = 'told:signals';

/** Judged one by one when they are asked for: a navigation pays for one, not for all. */
const sites: Shape<ToldSites> = { heal: (stored) => asRecord(stored) as ToldSites };

const signals: Shape<ServiceSignals> = {
  heal: (stored) => new Map(Object.entries(asRecord(stored)).flatMap(([key, told]) => readSignal(key, told))),
};

export const readToldSites = (): Promise<ToldSites> => readItem(SITES, sites);
export const keepToldSites = (told: ToldSites): Promise<unknown> => changeItem(SITES, sites, () => told);

/** As `news` or the number of documents, by key. */
export const readSignals = (): Promise<ServiceSignals> => readItem(SIGNALS, signals);
export const keepSignals = (told: ServiceSignals): Promise<unknown> =>
  changeItem<unknown, unknown>(SIGNALS, { heal: () => undefined }, () =>
    Object.fromEntries([...told].map(([key, signal]) => [key, signal.kind === 'unread' ? signal.documents : 'news'])),
  );

/** Whether an item of `storage.local` is one of these. */
export const isTold = (item: string): boolean => item === SITES || item === SIGNALS;

function readSignal(key: string, told: unknown): readonly (readonly [string, SiteSignal])[] {
  if (told === 'news') return [[key, { kind: 'news' }]];
  const isCount = typeof told === 'number' && Number.isInteger(told) && told > 0;
  return isCount ? [[key, { kind: 'unread', documents: told }]] : [];
}
