import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';
import { undoneVersions } from '../api/alert-overlay.ts';
import { serviceName } from '../api/service-name.ts';
import { gistOf } from '../pages/parts/gist.ts';
import { summaryOf, titleOf } from './change-words.ts';
import type { FeedEntry } from './feed.ts';
import { createFeedEntries, type VersionLinks } from './feed-entry.ts';
import { persistingTag } from './tags.ts';

/**
 * Makes the entries of our own feeds. Ids and dates are those of Open Terms Archive's feeds, whatever the rules say of a
 * change; only what a later check raised has an id and a date of its own, as of that check.
 */
export function createJudgedEntries() {
  const toEntry = createFeedEntries();

  /** By whose id a version is known in a feed of alerts. */
  function told(collection: ServedCollection, version: IndexedVersion, links: VersionLinks): FeedEntry {
    const entry = toEntry(collection, version, links);
    const since = persistingSince(collection, version);
    return since ? { ...entry, id: persistingTag(entry.id), updated: since } : entry;
  }

  /** @param show what the feed shows: in one of everything each record stands once, under its own date */
  return (
    collection: ServedCollection,
    version: IndexedVersion,
    links: VersionLinks,
    show: 'alerts' | 'everything',
  ): FeedEntry => {
    const { analysis, termsType } = version;
    const entry = (show === 'alerts' ? told : toEntry)(collection, version, links);
    if (!analysis) return entry;
    const undone = undoneVersions(collection, version);
    const change = {
      serviceName: serviceName(collection, version.serviceId),
      termsType,
      analysis,
      isPersisting: show === 'alerts' && persistingSince(collection, version) !== undefined,
      undoes: undone.map(({ fetchDate }) => fetchDate),
      gist: gistOf(collection, version),
    };
    return {
      ...entry,
      title: titleOf(change),
      judgement: {
        summary: summaryOf(change),
        class: analysis.class,
        state: analysis.state,
        alert: analysis.alert,
        significance: analysis.significance,
        topics: analysis.topics,
        effectiveDate: analysis.statedDates.find(({ kind }) => kind === 'effective')?.date,
        undoes: undone.map((one) => {
          const { id, link } = told(collection, one, links);
          return { id, link, title: `What is withdrawn: ${one.subject}` };
        }),
      },
    };
  };
}

/** Since when a version is told because it stood for six checks; undefined: it is not. */
export function persistingSince(collection: ServedCollection, version: IndexedVersion): Date | undefined {
  const note = collection.alertOverlay().note(version);
  return note?.kind === 'persisting' ? note.date : undefined;
}
