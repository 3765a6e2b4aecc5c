import { asRecord } from './heal.ts';

/** All items of `storage.local`. */
export type StoredItems = Readonly<Record<string, unknown>>;

/** What makes the items of one version those of the next. */
export type Migration = (items: StoredItems) => StoredItems;

/**
 * To 2: marks name the moment after which alerts are unread, and which alerts are known by their ids. Those of before noted no ids:
 * for them it stays the moment at which they began, so that nothing becomes unread.
 */
export const marksKnowIds: Migration = (items) =>
  Object.fromEntries(
    Object.entries(items).map(([item, value]) => {
      const mark = asRecord(value);
      const isMark = item.startsWith('mark:') && typeof mark.since === 'string';
      return [item, isMark ? { ...mark, after: mark.since, known: [] } : value];
    }),
  );
