import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';
import type { EntryLink, FeedEntry } from './feed.ts';
import { versionTag } from './tags.ts';

/** Where entries lead. */
export interface VersionLinks {
  /** With `%VERSION_ID`; of something that people read. */
  readonly template: string | undefined;
  /** Address of the collection's API, for feeds without the two others. */
  readonly api: string;
  /** Address of the page on which people read what a version changed; a template that was set counts before it. */
  readonly page?: ((collection: EntryCollection, version: IndexedVersion) => string) | undefined;
}

type EntryCollection = Pick<ServedCollection, 'id' | 'metadata' | 'index'>;

/**
 * Makes the entries of one answer; commits are looked up once in it.
 *
 * Imported history has commits with several files, which are several versions with one id. The first by path keeps
 * OTA's entry id; the others need one of their own, since ids must not repeat in a feed (RFC 4287, section 4.1.1).
 */
export function createFeedEntries() {
  const commits = new Map<string, readonly IndexedVersion[]>();

  function suffix(collection: EntryCollection, { id, serviceId, termsType }: IndexedVersion): string {
    const key = `${collection.id} ${id}`;
    // Two tell whether there are several: a commit may hold thousands.
    const versions = commits.get(key) ?? collection.index().versionsOfCommit(id, 2);
    commits.set(key, versions);
    const [first, another] = versions;
    if (another === undefined || (first?.serviceId === serviceId && first.termsType === termsType)) return '';
    return `:${encodeURIComponent(serviceId)}:${encodeURIComponent(termsType)}`;
  }

  return (collection: EntryCollection, version: IndexedVersion, links: VersionLinks): FeedEntry => {
    const { id, subject, serviceId, termsType, fetchDate, isFirstRecord, isTechnicalUpgrade } = version;
    return {
      id: versionTag(collection.metadata()?.id ?? collection.id, id) + suffix(collection, version),
      title: subject,
      updated: fetchDate,
      link: linkOf(collection, version, links),
      ...(links.page !== undefined && { record: recordLink(version, links) }),
      serviceId,
      termsType,
      recordType: isFirstRecord ? 'First record' : isTechnicalUpgrade ? 'Technical upgrade' : 'Change',
    };
  };
}

function linkOf(collection: EntryCollection, version: IndexedVersion, links: VersionLinks): EntryLink {
  const { template, page } = links;
  if (template !== undefined) return { href: template.replaceAll('%VERSION_ID', version.id), type: 'text/html' };
  if (page !== undefined) return { href: page(collection, version), type: 'text/html' };
  return recordLink(version, links);
}

const recordLink = ({ id }: IndexedVersion, { api }: VersionLinks): EntryLink => ({
  href: `${api}/version/${id}`,
  type: 'application/json',
});
