import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import type { Service } from '../../archive/declarations/service.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedTerms, IndexedVersion } from '../../archive/index/indexed-record.ts';
import { ApiError, type MissingThing } from './api-error.ts';

/** @throws ApiError of code `not-found` */
export function findCollection(collections: ServedCollections, id: string): ServedCollection {
  const collection = collections.get(id);
  if (collection) return collection;
  throw notFound(`There is no collection ${quoted(id)} here.`, 'The collections are listed under /collections.', {
    kind: 'collection',
    name: id,
  });
}

/** Terms that are declared or recorded, or both. */
export interface FoundTerms {
  readonly collection: ServedCollection;
  readonly reader: IndexReader;
  readonly serviceId: string;
  readonly termsType: string;
  /** undefined: the service is not declared today. */
  readonly service: Service | undefined;
  /** undefined: nothing was recorded. */
  readonly recorded: IndexedTerms | undefined;
}

/** @throws ApiError of code `not-found`, IndexUnavailableError */
export function findTerms(
  collections: ServedCollections,
  names: { readonly collection: string; readonly service: string; readonly termsType: string },
): FoundTerms {
  const { service: serviceId, termsType } = names;
  const collection = findCollection(collections, names.collection);
  const reader = collection.index();
  const service = collection.services().find(({ id }) => id === serviceId);
  const recorded = reader.terms({ serviceId }).find((terms) => terms.termsType === termsType);
  const isDeclared = service?.terms.some(({ type }) => type === termsType) || service?.history.has(termsType);
  if (recorded || isDeclared) return { collection, reader, serviceId, termsType, service, recorded };
  throw notFound(
    `“${collection.id}” has no ${quoted(termsType)} of ${quoted(serviceId)}.`,
    'Names are case-sensitive; services and their terms are listed under /services.',
    { kind: 'terms', collection: collection.id, name: serviceId, type: termsType },
  );
}

/** Which of several versions with one id is meant: a commit of an imported history may hold several files. */
export interface VersionNames {
  readonly service?: string | undefined;
  readonly type?: string | undefined;
}

/**
 * The version with that id, also an id from before a history was rewritten.
 *
 * @throws ApiError of code `not-found`
 */
export function findVersion(
  collection: ServedCollection,
  reader: IndexReader,
  id: string,
  { service, type }: VersionNames = {},
): IndexedVersion {
  const isMeant = ({ serviceId, termsType }: IndexedVersion): boolean =>
    (service === undefined || serviceId === service) && (type === undefined || termsType === type);
  // Only ids reach the index: what is none is not found.
  const hash = /^[0-9a-f]{40}$/i.test(id) ? id.toLowerCase() : undefined;
  const resolved = hash === undefined ? undefined : reader.versionById(hash);
  if (resolved !== undefined) {
    const found = isMeant(resolved) ? resolved : reader.versionsOfCommit(resolved.id).find(isMeant);
    if (found) return found;
  }
  throw notFound(
    `“${collection.id}” has no version ${quoted(id)}${service || type ? ' of these terms' : ''}.`,
    'Ids are full commit hashes, as they stand in lists of versions and changes.',
    { kind: 'version', collection: collection.id, name: id },
  );
}

export const notFound = (message: string, next?: string, missing?: MissingThing): ApiError =>
  new ApiError('not-found', message, { next, missing });

/** A name that somebody asked for, at a length that can be read. */
export const quoted = (name: string): string => `“${name.length > 100 ? `${name.slice(0, 100)}…` : name}”`;
