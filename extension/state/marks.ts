import { browser } from 'wxt/browser';
import { asFlag, asMoment, asRecord } from './heal.ts';
import { changeItem, readItems, type Shape, watchItems } from './item.ts';
import type { ServiceMark } from './settings-types.ts';

const PREFIX = 'mark:';
const itemOf = (key: string): string => `${PREFIX}${key}`;

/** Ids of versions that a mark keeps: far more than `recent` has of one service. */
const MOST_READ = 2_000;

/** As it is stored: with each id the day on which it was read, YYYY-MM-DD; empty: it is not known. */
interface StoredMark extends Omit<ServiceMark, 'read'> {
  readonly read: readonly (readonly [id: string, day: string])[];
}

const shape: Shape<StoredMark | undefined> = {
  heal: (stored) => {
    const value = asRecord(stored);
    const since = asMoment(value.since);
    if (since === undefined) return undefined;
    return {
      since,
      read: (Array.isArray(value.read) ? value.read : []).flatMap(readEntry),
      isStarred: asFlag(value.isStarred, false),
      lookedAt: asMoment(value.lookedAt) ?? null,
    };
  },
};

function readEntry(entry: unknown): StoredMark['read'] {
  const [id, day] = Array.isArray(entry) ? (entry as readonly unknown[]) : [entry];
  if (typeof id !== 'string') return [];
  return [[id, typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? day : '']];
}

const shown = (mark: StoredMark): ServiceMark => ({ ...mark, read: mark.read.map(([id]) => id) });

/** By key; services never looked at are absent. */
export async function readMarks(keys: readonly string[]): Promise<ReadonlyMap<string, ServiceMark>> {
  const marks = await readItems(keys.map(itemOf), shape);
  return new Map(keys.flatMap((key, place) => (marks[place] ? [[key, shown(marks[place])] as const] : [])));
}

/** Of all services that were ever looked at or chosen. */
export async function readAllMarks(): Promise<ReadonlyMap<string, ServiceMark>> {
  const items = Object.keys(await browser.storage.local.get(null));
  return readMarks(items.filter((item) => item.startsWith(PREFIX)).map((item) => item.slice(PREFIX.length)));
}

/** Begins to know a service: what is told from `since` on is unread. A service that is known already stays as it is. */
export const startKnowing = async (
  key: string,
  since: Date,
  { isStarred = false }: { readonly isStarred?: boolean } = {},
): Promise<ServiceMark> =>
  shown(
    await changeItem(itemOf(key), shape, (mark): StoredMark => {
      if (mark) return isStarred ? { ...mark, isStarred } : mark;
      return { since: since.toISOString(), read: [], isStarred, lookedAt: null };
    }),
  );

/** Notes when somebody looked at a service, and begins to know it then. @returns the mark as it was before */
export async function noteLook(key: string, now: Date): Promise<ServiceMark | undefined> {
  let before: ServiceMark | undefined;
  await changeItem(itemOf(key), shape, (mark): StoredMark => {
    before = mark && shown(mark);
    const lookedAt = now.toISOString();
    return mark ? { ...mark, lookedAt } : { since: lookedAt, read: [], isStarred: false, lookedAt };
  });
  return before;
}

/** Marks alerts as read, by ids of versions. Nothing is noted of services that are not known. */
export const markRead = (key: string, ids: readonly string[], now = new Date()): Promise<unknown> =>
  changeKnown(key, (mark) => {
    const others = mark.read.filter(([id]) => !ids.includes(id));
    const day = now.toISOString().slice(0, 10);
    return { ...mark, read: [...others, ...ids.map((id) => [id, day] as const)].slice(-MOST_READ) };
  });

/** Takes {@link markRead} back. */
export const markUnread = (key: string, ids: readonly string[]): Promise<unknown> =>
  changeKnown(key, (mark) => ({ ...mark, read: mark.read.filter(([id]) => !ids.includes(id)) }));

/** Takes out what was read before a day (YYYY-MM-DD), but some ids. */
export const forgetRead = (
  key: string,
  { before, but }: { readonly before: string; readonly but: ReadonlySet<string> },
): Promise<unknown> =>
  changeKnown(key, (mark) => {
    const read = mark.read.filter(([id, day]) => day >= before || but.has(id));
    return read.length === mark.read.length ? mark : { ...mark, read };
  });

export const star = (key: string, isStarred: boolean, now: Date): Promise<unknown> =>
  isStarred ? startKnowing(key, now, { isStarred }) : changeKnown(key, (mark) => ({ ...mark, isStarred }));

/** As if the service had never been looked at. */
export const forget = (key: string): Promise<unknown> => changeItem(itemOf(key), shape, () => undefined);

/** Calls back after each change of a mark. @returns ends it */
export const watchMarks = (called: () => void): (() => void) => watchItems((item) => item.startsWith(PREFIX), called);

const changeKnown = (key: string, change: (mark: StoredMark) => StoredMark): Promise<unknown> =>
  changeItem(itemOf(key), shape, (mark) => mark && change(mark));
