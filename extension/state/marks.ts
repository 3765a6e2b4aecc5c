import { browser } from 'wxt/browser';
import { type FilesThen, firstMark } from './first-mark.ts';
import { asFlag, asMoment, asRecord } from './heal.ts';
import { changeItem, readItems, type Shape, watchItems } from './item.ts';
import type { ServiceMark } from './settings-types.ts';

const PREFIX = 'mark:';
const itemOf = (key: string): string => `${PREFIX}${key}`;

/** Ids of versions that a mark keeps of each kind: far more than `recent` has of one service. */
const MOST_IDS = 2_000;

/** With each id the day on which it was noted, YYYY-MM-DD; empty: nobody knows. */
type NotedIds = readonly (readonly [id: string, day: string])[];

/** As it is stored. */
interface StoredMark extends Omit<ServiceMark, 'read' | 'known'> {
  readonly read: NotedIds;
  readonly known: NotedIds;
}

const shape: Shape<StoredMark | undefined> = {
  heal: (stored) => {
    const value = asRecord(stored);
    const since = asMoment(value.since);
    if (since === undefined) return undefined;
    return {
      since,
      after: asMoment(value.after) ?? since,
      known: readIds(value.known),
      read: readIds(value.read),
      isStarred: asFlag(value.isStarred, false),
      lookedAt: asMoment(value.lookedAt) ?? null,
    };
  },
};

const readIds = (ids: unknown): NotedIds => (Array.isArray(ids) ? ids : []).flatMap(readEntry);

function readEntry(entry: unknown): NotedIds {
  const [id, day] = Array.isArray(entry) ? (entry as readonly unknown[]) : [entry];
  if (typeof id !== 'string') return [];
  return [[id, typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? day : '']];
}

const shown = (mark: StoredMark): ServiceMark => ({ ...mark, read: idsOf(mark.read), known: idsOf(mark.known) });
const idsOf = (noted: NotedIds): readonly string[] => noted.map(([id]) => id);

/** The last ones are the newest. */
const noted = (former: NotedIds, ids: readonly string[], now: Date): NotedIds => {
  const day = now.toISOString().slice(0, 10);
  const others = former.filter(([id]) => !ids.includes(id));
  return [...others, ...ids.map((id) => [id, day] as const)].slice(-MOST_IDS);
};

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

export interface Start {
  readonly isStarred?: boolean;
  /** What there is of the service now: none of it that is told until `since` is ever unread. */
  readonly files?: FilesThen | undefined;
  readonly now?: Date;
}

/** Begins to know a service: what is told from `since` on is unread. A service that is known already stays as it is. */
export const startKnowing = async (
  key: string,
  since: Date,
  { isStarred = false, files, now = new Date() }: Start = {},
): Promise<ServiceMark> =>
  shown(
    await changeItem(itemOf(key), shape, (mark): StoredMark => {
      if (mark) return isStarred ? { ...mark, isStarred } : mark;
      return { ...begun(since, files, now), isStarred, lookedAt: null };
    }),
  );

/** Notes when somebody looked at a service, and begins to know it then. @returns the mark as it was before */
export async function noteLook(key: string, now: Date, files?: FilesThen): Promise<ServiceMark | undefined> {
  let before: ServiceMark | undefined;
  await changeItem(itemOf(key), shape, (mark): StoredMark => {
    before = mark && shown(mark);
    return { ...(mark ?? { ...begun(now, files, now), isStarred: false }), lookedAt: now.toISOString() };
  });
  return before;
}

function begun(since: Date, files: FilesThen | undefined, now: Date): Omit<StoredMark, 'isStarred' | 'lookedAt'> {
  const first = firstMark(since, files);
  return { ...first, known: noted([], first.known, now), read: [] };
}

/** Marks alerts as read, by ids of versions. Nothing is noted of services that are not known. */
export const markRead = (key: string, ids: readonly string[], now = new Date()): Promise<unknown> =>
  changeKnown(key, (mark) => ({ ...mark, read: noted(mark.read, ids, now) }));

/** What is told by other rules than before is never unread. As {@link markRead}, but nobody has read it. */
export const noteKnown = (key: string, ids: readonly string[], now = new Date()): Promise<unknown> =>
  changeKnown(key, (mark) => ({ ...mark, known: noted(mark.known, ids, now) }));

/** Takes {@link markRead} back. */
export const markUnread = (key: string, ids: readonly string[]): Promise<unknown> =>
  changeKnown(key, (mark) => ({ ...mark, read: mark.read.filter(([id]) => !ids.includes(id)) }));

/** Takes out what was noted as read or known before a day (YYYY-MM-DD), but some ids. */
export const forgetIds = (
  key: string,
  { before, but }: { readonly before: string; readonly but: ReadonlySet<string> },
): Promise<unknown> =>
  changeKnown(key, (mark) => {
    const kept = (ids: NotedIds): NotedIds => ids.filter(([id, day]) => day >= before || but.has(id));
    const [read, known] = [kept(mark.read), kept(mark.known)];
    const isSame = read.length === mark.read.length && known.length === mark.known.length;
    return isSame ? mark : { ...mark, read, known };
  });

/** Nothing is noted of services that are not known: {@link startKnowing} begins with it. */
export const star = (key: string, isStarred: boolean): Promise<unknown> =>
  changeKnown(key, (mark) => ({ ...mark, isStarred }));

/** As if the service had never been looked at. */
export const forget = (key: string): Promise<unknown> => changeItem(itemOf(key), shape, () => undefined);

/** Calls back after each change of a mark. @returns ends it */
export const watchMarks = (called: () => void): (() => void) => watchItems((item) => item.startsWith(PREFIX), called);

const changeKnown = (key: string, change: (mark: StoredMark) => StoredMark): Promise<unknown> =>
  changeItem(itemOf(key), shape, (mark) => mark && change(mark));
