import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexActivity } from '../../../archive/index/index-activity.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import { withoutPaths } from '../../http/without-paths.ts';
import type { Collection, CollectionCounts, IndexStatus } from '../contract.ts';

/** @param base address of the server, without a slash at the end */
export function toCollection(collection: ServedCollection, base: string): Collection {
  const reader = readerOf(collection);
  const id = encodeURIComponent(collection.id);
  const self = `${base}/api/collections/${id}`;
  return {
    id: collection.id,
    name: collection.name,
    kind: collection.kind,
    schedule: collection.schedule ?? null,
    metadata: collection.metadata() ?? null,
    counts: reader ? toCounts(collection, reader) : null,
    index: toIndexStatus(collection.indexActivity(), reader),
    links: {
      self,
      services: `${base}/api/services?${new URLSearchParams({ collection: collection.id })}`,
      coverage: `${self}/coverage`,
      statistics: `${self}/statistics`,
      collectionApi: `${base}/${id}/api/v1`,
      feed: `${base}/${id}/api/v1/feed`,
    },
  };
}

function readerOf(collection: ServedCollection): IndexReader | undefined {
  try {
    return collection.index();
  } catch (error) {
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}

function toCounts(collection: ServedCollection, reader: IndexReader): CollectionCounts {
  const { versions, snapshots } = reader.state();
  const services = new Set<string>();
  const terms = new Set<string>();
  for (const { serviceId, termsType } of reader.terms()) {
    services.add(serviceId);
    terms.add(JSON.stringify([serviceId, termsType]));
  }
  let declaredTerms = 0;
  for (const service of collection.services()) {
    services.add(service.id);
    declaredTerms += service.terms.length;
    for (const { type } of service.terms) terms.add(JSON.stringify([service.id, type]));
  }
  const declaredServices = collection.services().length;
  return { services: services.size, terms: terms.size, declaredServices, declaredTerms, versions, snapshots };
}

function toIndexStatus(activity: IndexActivity, reader: IndexReader | undefined): IndexStatus {
  const state = reader?.state();
  return {
    activity: activity.kind,
    building: activity.kind === 'building' ? { part: activity.part, done: activity.done, total: activity.total } : null,
    message: activity.kind === 'failed' ? withoutPaths(activity.message) : null,
    updatedAt: state?.updatedAt?.toISOString() ?? null,
    versionsWithoutText: state?.versionsWithoutText ?? null,
    versionsWithoutAnalysis: state?.versionsWithoutAnalysis ?? null,
    isJudgedAnew: state?.isJudgedAnew ?? null,
  };
}
