import { PAGE_LANGUAGES } from '../pages/languages.ts';

/** Kinds of requests, by what they cost and as they are counted. */
export type RequestKind =
  | 'collection-api'
  | 'federation'
  | 'own-api'
  | 'search'
  | 'redline'
  | 'export'
  | 'dataset'
  | 'feed'
  | 'health'
  | 'metrics'
  | 'site';

declare module 'hono' {
  interface ContextVariableMap {
    /** Set before anything else is done with a request. */
    requestKind: RequestKind;
  }
}

/** A page of the website: `page('/search$')` is that of every language. */
const page = (path: string): RegExp => new RegExp(`^/(?:${PAGE_LANGUAGES.join('|')})${path}`);

/** First match counts; paths below the base path. */
const KINDS: readonly (readonly [RegExp, RequestKind])[] = [
  [/^\/health$/, 'health'],
  [/^\/metrics$/, 'metrics'],
  // Pages do the work of the questions that they show, whatever services are called: names may be `v1` or `redlines`.
  [page('/(?:search|compare)$'), 'search'],
  [page('/[^/]+/clauses/[^/]+$'), 'search'],
  [page('/[^/]+/services/[^/]+/[^/]+/versions/[^/]+/paragraphs/[^/]+$'), 'search'],
  [page('/[^/]+/services/[^/]+/[^/]+/redlines/[^/]+/[^/]+$'), 'redline'],
  [page('(?:/|$)'), 'site'],
  [/^\/api\/(?:search|compare)$/, 'search'],
  [/^\/api\/collections\/[^/]+\/clauses\//, 'search'],
  [/^\/api\/.*\/passages$/, 'search'],
  [/^\/api\/.*\/redlines\//, 'redline'],
  [/^\/api(?:\/|$)/, 'own-api'],
  [/^\/federation\//, 'federation'],
  [/^\/feeds?(?:\/|$)/, 'feed'],
  [/\/v1\/feed(?:\/|$)/, 'feed'],
  [/\/v1\/dataset\//, 'dataset'],
  [/\/v1(?:\/|$)/, 'collection-api'],
];

/**
 * Kind of a request.
 *
 * @param path without the base path.
 * @param format that its query asks for: a table holds everything that matches, an answer only a part of it.
 */
export function requestKind(path: string, format?: string): RequestKind {
  const kind = KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'site';
  return (kind === 'own-api' || isSearchOfApi(kind, path)) && (format === 'csv' || format === 'jsonl')
    ? 'export'
    : kind;
}

const isSearchOfApi = (kind: RequestKind, path: string): boolean => kind === 'search' && path === '/api/search';

/** What a request takes off a client's budget. The dear ones keep a thread or the disk busy for tens of milliseconds. */
export const REQUEST_COST: Readonly<Record<RequestKind, number>> = {
  'collection-api': 1,
  federation: 1,
  'own-api': 1,
  search: 10,
  redline: 10,
  // Seconds of work, in small pieces.
  export: 60,
  dataset: 20,
  feed: 1,
  health: 1,
  metrics: 1,
  site: 1,
};
