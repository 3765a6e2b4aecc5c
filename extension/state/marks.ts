import { browser } from 'wxt/browser';
import { asFlag, asMoment, asRecord, asTexts } from './heal.ts';
import { changeItem, readItems, type Shape, watchItems } from './item.ts';
import type { ServiceMark } from './settings-types.ts';

const PREFIX = 'mark:';
const itemOf = (key: string): string => `${PREFIX}${key}`;

/** Ids of versions that a mark keeps: far more than `recent` has of one service. */
const MOST_READ = 2_000;

const shape: Shape<ServiceMark | undefined> = {
  heal: (stored) => {
    const value = asRecord(stored);
    const since = asMoment(value.since);
    if (since === undefined) return undefined;
    return {
      since,
      read: asTexts(value.read),
      isStarred: asFlag(value.isStarred, false),
      lookedAt: asMoment(value.lookedAt) ?? null,
    };
  },
};

/** By key; services never looked at are absent. */
export async function readMarks(keys: readonly string[]): Promise<ReadonlyMap<string, ServiceMark>> {
  const marks = await readItems(keys.map(itemOf), shape);
  return new Map(keys.flatMap((key, place) => (marks[place] ? [[key, marks[place]] as const] : [])));
}

/** Of all services that were ever looked at or chosen. */
export async function readAllMarks(): Promise<ReadonlyMap<string, ServiceMark>> {
  const items = Object.keys(await browser.storage.local.get(null));
  return readMarks(items.filter((item) => item.startsWith(PREFIX)).map((item) => item.slice(PREFIX.length)));
}

/** Begins to know a service: what is told from `since` on is unread. A service that is known already stays as it is. */
export const startKnowing = (key: string, since: Date, { isStarred = false } = {}): Promise<ServiceMark> =>
  changeItem(itemOf(key), shape, (mark): ServiceMark => {
    if (mark) return isStarred ? { ...mark, isStarred } : mark;
    return { since: since.toISOString(), read: [], isStarred, lookedAt: null };
  });

/** Notes when somebody looked at a service, and begins to know it then. @returns the mark as it was before */
export async function noteLook(key: string, now: Date): Promise<ServiceMark | undefined> {
  let before: ServiceMark | undefined;
  await changeItem(itemOf(key), shape, (mark): ServiceMark => {
    before = mark;
    const lookedAt = now.toISOString();
    return mark ? { ...mark, lookedAt } : { since: lookedAt, read: [], isStarred: false, lookedAt };
  });
  return before;
}

/** Marks alerts as read, by ids of versions. Nothing is noted of services that are not known. */
export const markRead = (key: string, ids: readonly string[]): Promise<unknown> =>
  changeKnown(key, (mark) => ({ ...mark, read: [...new Set([...mark.read, ...ids])].slice(-MOST_READ) }));

/** Takes {@link markRead} back. */
export const markUnread = (key: string, ids: readonly string[]): Promise<unknown> =>
  changeKnown(key, (mark) => ({ ...mark, read: mark.read.filter((id) => !ids.includes(id)) }));

export const star = (key: string, isStarred: boolean, now: Date): Promise<unknown> =>
  isStarred ? startKnowing(key, now, { isStarred }) : changeKnown(key, (mark) => ({ ...mark, isStarred }));

/** As if the service had never been looked at. */
export const forget = (key: string): Promise<unknown> => changeItem(itemOf(key), shape, () => undefined);

/** Calls back after each change of a mark. @returns ends it */
export const watchMarks = (called: () => void): (() => void) => watchItems((item) => item.startsWith(PREFIX), called);

const changeKnown = (key: string, change: (mark: ServiceMark) => ServiceMark): Promise<unknown> =>
  changeItem(itemOf(key), shape, (mark) => mark && change(mark));
