import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';
import type { FeedEntry } from './feed.ts';
import { versionTag } from './tags.ts';

/** Where entries lead. */
export interface VersionLinks {
  /** With `%VERSION_ID`; of something that people read. */
  readonly template: string | undefined;
  /** Address of the collection's API. */
  readonly api: string;
}

export function toFeedEntry(
  collection: Pick<ServedCollection, 'id' | 'metadata' | 'index'>,
  version: IndexedVersion,
  links: VersionLinks,
): FeedEntry {
  const { id, subject, serviceId, termsType, fetchDate, isFirstRecord, isTechnicalUpgrade } = version;
  return {
    id: versionTag(collection.metadata()?.id ?? collection.id, id) + suffix(collection.index(), version),
    title: subject,
    updated: fetchDate,
    link:
      links.template === undefined
        ? { href: `${links.api}/version/${id}`, type: 'application/json' }
        : { href: links.template.replaceAll('%VERSION_ID', id), type: 'text/html' },
    serviceId,
    termsType,
    recordType: isFirstRecord ? 'First record' : isTechnicalUpgrade ? 'Technical upgrade' : 'Change',
  };
}

/**
 * Imported history has commits with several files, which are several versions with one id. The first by path keeps
 * OTA's entry id; the others need one of their own, since ids must not repeat in a feed (RFC 4287, section 4.1.1).
 */
function suffix(index: IndexReader, { id, serviceId, termsType }: IndexedVersion): string {
  const [first, ...others] = index.versionsOfCommit(id);
  if (others.length === 0 || (first?.serviceId === serviceId && first.termsType === termsType)) return '';
  return `:${encodeURIComponent(serviceId)}:${encodeURIComponent(termsType)}`;
}
