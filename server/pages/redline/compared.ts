import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { findCollection, findVersion } from '../../api/find.ts';
import { serviceName } from '../../api/service-name.ts';
import type { VersionAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import type { RedlineQuery } from './redline-query.ts';

/** One of the two versions that a redline compares. */
export interface ComparedVersion {
  readonly collection: ServedCollection;
  readonly version: IndexedVersion;
  readonly serviceName: string;
  readonly address: VersionAddress;
}

export interface Compared {
  readonly before: ComparedVersion;
  readonly after: ComparedVersion;
  /** Both are of the same terms of one collection. */
  readonly isSameTerms: boolean;
  /** The later version is the one that followed the former: a change that was judged. */
  readonly isOneChange: boolean;
  /** The address names both by the ids that they have today. */
  readonly isFinal: boolean;
}

/** The versions that the address of a redline names. @throws ApiError of code `not-found` */
export function findCompared({ c, deps }: PageContext, query: RedlineQuery): Compared {
  const { collection: id = '', service = '', type = '', before: beforeId = '', after: afterId = '' } = c.req.param();
  const collection = findCollection(deps.collections, id);
  const reader = collection.index();
  const before = findVersion(collection, reader, beforeId, { service, type });
  const other = query.collection === undefined ? collection : findCollection(deps.collections, query.collection);
  const after = findVersion(other, other === collection ? reader : other.index(), afterId, {
    service: query.service ?? service,
    type: query.type ?? type,
  });
  const isSameTerms =
    other === collection && before.serviceId === after.serviceId && before.termsType === after.termsType;
  return {
    before: compared(collection, before),
    after: compared(other, after),
    isSameTerms,
    isOneChange: isSameTerms && reader.versionBefore(after)?.seq === before.seq,
    isFinal: before.id === beforeId && after.id === afterId,
  };
}

const compared = (collection: ServedCollection, version: IndexedVersion): ComparedVersion => ({
  collection,
  version,
  serviceName: serviceName(collection, version.serviceId),
  address: {
    collection: collection.id,
    serviceId: version.serviceId,
    termsType: version.termsType,
    id: version.id,
  },
});
