import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import type { Change, Version } from '../contract.ts';
import type { ListedChange } from '../list-changes.ts';
import { serviceName } from '../service-name.ts';
import { toAnalysis } from './analysis.ts';

export const toVersion = (collection: string, version: IndexedVersion): Version => ({
  collection,
  id: version.id,
  serviceId: version.serviceId,
  termsType: version.termsType,
  fetchDate: version.fetchDate.toISOString(),
  isFirstRecord: version.isFirstRecord,
  isTechnicalUpgrade: version.isTechnicalUpgrade,
  snapshotIds: version.snapshotIds,
  additions: version.additions ?? null,
  deletions: version.deletions ?? null,
});

/** @param api address of the API, without a slash at the end */
export const toChange = ({ collection, version, previous }: ListedChange, api: string): Change => ({
  ...toVersion(collection.id, version),
  serviceName: serviceName(collection, version.serviceId),
  previousId: previous?.id ?? null,
  redline: previous === undefined ? null : `${api}${redlinePath(collection.id, previous, version)}`,
  analysis: toAnalysis(collection, version, api),
});

/** Path of a redline under the API's address. The terms are named, as one commit may hold several. */
function redlinePath(collection: string, before: IndexedVersion, after: IndexedVersion): string {
  const names = new URLSearchParams({
    beforeService: before.serviceId,
    beforeType: before.termsType,
    afterService: after.serviceId,
    afterType: after.termsType,
  });
  return `/collections/${encodeURIComponent(collection)}/redlines/${before.id}/${after.id}?${names}`;
}
