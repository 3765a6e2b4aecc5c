import { type QueryValues, queryOf } from './query-of.ts';

/** What an address of our API names. */
interface Terms {
  readonly collection: string;
  readonly serviceId: string;
  readonly termsType: string;
}

interface Version extends Terms {
  readonly id: string;
}

/** Addresses of our API, for programs: what a page shows, in other forms. */
export interface ApiAddresses {
  version(version: Version, query?: QueryValues): string;
  analysis(version: Version): string;
  /** `after` may be of other terms or of another collection. */
  redline(before: Version, after: Version): string;
  clause(collection: string, clauseId: number): string;
  checks(terms: Terms, query?: QueryValues): string;
  coverage(collection: string, query?: QueryValues): string;
  /** Description of the routes of Open Terms Archive's collection API. */
  collectionDocs(collection: string): string;
}

const part = encodeURIComponent;

/** @param basePath of the server, without a slash at the end */
export function createApiAddresses(basePath: string): ApiAddresses {
  const collectionPath = (id: string): string => `${basePath}/api/collections/${part(id)}`;
  const versionPath = ({ collection, id }: Version): string => `${collectionPath(collection)}/versions/${part(id)}`;
  const named = ({ serviceId, termsType }: Terms): QueryValues => ({ service: serviceId, type: termsType });
  return {
    version: (version, query) => `${versionPath(version)}${queryOf({ ...named(version), ...query })}`,
    analysis: (version) => `${versionPath(version)}/analysis${queryOf(named(version))}`,
    redline: (before, after) =>
      `${collectionPath(before.collection)}/redlines/${part(before.id)}/${part(after.id)}${queryOf({
        beforeService: before.serviceId,
        beforeType: before.termsType,
        afterCollection: before.collection === after.collection ? undefined : after.collection,
        afterService: after.serviceId,
        afterType: after.termsType,
      })}`,
    clause: (collection, clauseId) => `${collectionPath(collection)}/clauses/${clauseId}`,
    checks: ({ collection, serviceId, termsType }, query) =>
      `${collectionPath(collection)}/services/${part(serviceId)}/terms/${part(termsType)}/checks${queryOf(query)}`,
    coverage: (collection, query) => `${collectionPath(collection)}/coverage${queryOf(query)}`,
    collectionDocs: (collection) => `${basePath}/${part(collection)}/api/v1/docs`,
  };
}
