import { type ApiAddresses, createApiAddresses } from './api-addresses.ts';
import type { PageLanguage } from './languages.ts';
import { type QueryValues, queryOf } from './query-of.ts';

/** One service's terms of a collection. */
export interface TermsAddress {
  readonly collection: string;
  readonly serviceId: string;
  readonly termsType: string;
}

/** A version of terms: a commit of an imported history may hold those of several. */
export interface VersionAddress extends TermsAddress {
  readonly id: string;
}

export type { QueryValues };

/**
 * Addresses of all pages, in one place: paths with the server's base path and the language. Names may hold anything and are
 * encoded here. Links to records last: none of these may change.
 */
export interface Addresses {
  start(query?: QueryValues): string;
  search(query?: QueryValues): string;
  compare(query?: QueryValues): string;
  services(query?: QueryValues): string;
  lists(): string;
  list(id: string): string;
  health(): string;
  about(): string;
  privacy(): string;
  collection(id: string, query?: QueryValues): string;
  service(collection: string, serviceId: string, query?: QueryValues): string;
  terms(terms: TermsAddress, query?: QueryValues): string;
  /** Every check of terms. */
  checks(terms: TermsAddress, query?: QueryValues): string;
  version(version: VersionAddress): string;
  /** The text as it was declared to stand at a date: answers with the version then. */
  versionAt(terms: TermsAddress): string;
  /** A source document as fetched: what is known of it. */
  snapshot(collection: string, snapshotId: string): string;
  /** Its bytes. */
  snapshotContent(collection: string, snapshotId: string): string;
  /** Why a change was judged as it was. */
  analysis(version: VersionAddress): string;
  /** `after` may be of another service or collection: then it is named in the query. */
  redline(before: VersionAddress, after: VersionAddress, query?: QueryValues): string;
  /** Leads to the redline of the versions at two dates: `from`, `to`; with other terms: `collection`, `service`, `type`. */
  redlineBetween(terms: TermsAddress, query?: QueryValues): string;
  /** Leads to the clause that a paragraph of a version belongs to. @param place among its blocks, from 0 */
  paragraph(version: VersionAddress, place: number): string;
  clause(collection: string, clauseId: number): string;
  /** The same for programs. */
  readonly api: ApiAddresses;
  /** The same page in another language. */
  inLanguage(language: PageLanguage, pathAndQuery: string): string;
  /** Outside of the pages, below the base path: `/api/docs`, `/feeds/atom`. */
  outside(path: string, query?: QueryValues): string;
}

const part = encodeURIComponent;

/** @param basePath of the server, without a slash at the end: empty or `/terms`. */
export function createAddresses(basePath: string, language: PageLanguage): Addresses {
  const root = `${basePath}/${language}`;
  const termsPath = ({ collection, serviceId, termsType }: TermsAddress): string =>
    `${root}/${part(collection)}/services/${part(serviceId)}/${part(termsType)}`;
  const versionPath = (version: VersionAddress): string => `${termsPath(version)}/versions/${part(version.id)}`;
  return {
    start: (query) => `${root}/${queryOf(query)}`,
    search: (query) => `${root}/search${queryOf(query)}`,
    compare: (query) => `${root}/compare${queryOf(query)}`,
    services: (query) => `${root}/services${queryOf(query)}`,
    lists: () => `${root}/lists`,
    list: (id) => `${root}/lists/${part(id)}`,
    health: () => `${root}/health`,
    about: () => `${root}/about`,
    privacy: () => `${root}/privacy`,
    collection: (id, query) => `${root}/${part(id)}${queryOf(query)}`,
    service: (collection, serviceId, query) =>
      `${root}/${part(collection)}/services/${part(serviceId)}${queryOf(query)}`,
    terms: (terms, query) => `${termsPath(terms)}${queryOf(query)}`,
    checks: (terms, query) => `${termsPath(terms)}/checks${queryOf(query)}`,
    version: versionPath,
    snapshot: (collection, snapshotId) => `${root}/${part(collection)}/snapshots/${part(snapshotId)}`,
    snapshotContent: (collection, snapshotId) => `${root}/${part(collection)}/snapshots/${part(snapshotId)}/content`,
    versionAt: (terms) => `${termsPath(terms)}/at`,
    analysis: (version) => `${versionPath(version)}/analysis`,
    redline(before, after, query) {
      const isSame = before.collection === after.collection;
      const other =
        isSame && before.serviceId === after.serviceId && before.termsType === after.termsType
          ? {}
          : { collection: isSame ? undefined : after.collection, service: after.serviceId, type: after.termsType };
      return `${termsPath(before)}/redlines/${part(before.id)}/${part(after.id)}${queryOf({ ...other, ...query })}`;
    },
    redlineBetween: (terms, query) => `${termsPath(terms)}/redlines${queryOf(query)}`,
    paragraph: (version, place) => `${versionPath(version)}/paragraphs/${place}`,
    clause: (collection, clauseId) => `${root}/${part(collection)}/clauses/${clauseId}`,
    api: createApiAddresses(basePath),
    inLanguage: (other, pathAndQuery) =>
      pathAndQuery.startsWith(`${root}/`)
        ? `${basePath}/${other}${pathAndQuery.slice(root.length)}`
        : `${basePath}/${other}/`,
    outside: (path, query) => `${basePath}${path}${queryOf(query)}`,
  };
}
