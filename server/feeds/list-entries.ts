import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';
import { applyChangeFilter, type ChangeFilter, type FilteredCollection } from '../api/change-filter.ts';
import { listChanges } from '../api/list-changes.ts';
import { type FeedEntry, MAX_ENTRIES } from './feed.ts';
import { persistingSince } from './judged-entry.ts';

export type ToEntry = (collection: ServedCollection, version: IndexedVersion) => FeedEntry;

/**
 * The entries of a feed over several collections: the latest that match, in the order of lists of changes. What a later
 * check raised stands where its own date belongs, however long ago it was recorded.
 *
 * @throws IndexUnavailableError where no collection can answer
 */
export function listEntries(collections: ServedCollections, filter: ChangeFilter, toEntry: ToEntry): FeedEntry[] {
  const { changes, next } = listChanges(collections, filter, { limit: MAX_ENTRIES });
  if (filter.show !== 'alerts') return changes.map(({ collection, version }) => toEntry(collection, version));
  const isLate = (collection: ServedCollection, version: IndexedVersion): boolean =>
    persistingSince(collection, version) !== undefined;
  const entries = changes
    .filter(({ collection, version }) => !isLate(collection, version))
    .map(({ collection, version }) => toEntry(collection, version));
  const listed = changes.filter(({ collection, version }) => isLate(collection, version));
  const isListed = (of: ServedCollection, seq: number): boolean =>
    listed.some(({ collection, version }) => collection.id === of.id && version.seq === seq);
  const beyond = next === undefined ? [] : applyChangeFilter(collections, filter).flatMap(raisedIn);
  const late = [...listed, ...beyond.filter(({ collection, version }) => !isListed(collection, version.seq))]
    .map(({ collection, version }) => toEntry(collection, version))
    .toSorted((a, b) => a.updated.getTime() - b.updated.getTime());
  for (const entry of late) {
    const place = entries.findIndex(({ updated }) => updated <= entry.updated);
    entries.splice(place < 0 ? entries.length : place, 0, entry);
  }
  return entries.slice(0, MAX_ENTRIES);
}

/** The latest of what the overlay raised in a collection and a filter leaves. */
function raisedIn({
  collection,
  filter,
}: FilteredCollection): { collection: ServedCollection; version: IndexedVersion }[] {
  try {
    const reader = collection.index();
    return (filter.raised ?? [])
      .toSorted((a, b) => b - a)
      .slice(0, MAX_ENTRIES)
      .flatMap((seq) => reader.versions(filter, { limit: 1, before: seq + 1 }).filter((found) => found.seq === seq))
      .filter((version) => persistingSince(collection, version) !== undefined)
      .map((version) => ({ collection, version }));
  } catch (error) {
    if (error instanceof IndexUnavailableError) return [];
    throw error;
  }
}
