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

/** First match counts; paths below the base path. */
const KINDS: readonly (readonly [RegExp, RequestKind])[] = [
  [/^\/health$/, 'health'],
  [/^\/metrics$/, 'metrics'],
  [/^\/api\/(?:.*\/)?search\b/, 'search'],
  [/^\/api\/(?:.*\/)?(?:redlines?|compare|comparisons?|diff)\b/, 'redline'],
  [/^\/api\/(?:.*\/)?(?:history|passages?|clauses?)\b/, 'search'],
  [/^\/api\/(?:.*\/)?(?:exports?\b|.*\.(?:csv|jsonl|ndjson|zip)$)/, 'export'],
  [/^\/api(?:\/|$)/, 'own-api'],
  [/^\/federation\//, 'federation'],
  [/^\/feeds?(?:\/|$)/, 'feed'],
  [/\/v1\/feed(?:\/|$)/, 'feed'],
  [/\/v1\/dataset\//, 'dataset'],
  [/\/v1(?:\/|$)/, 'collection-api'],
];

/** Kind of a request by its path, without base path and query. */
export const requestKind = (path: string): RequestKind => KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'site';

/** What a request takes off a client's budget. The dear ones keep a thread or the disk busy for tens of milliseconds. */
export const REQUEST_COST: Readonly<Record<RequestKind, number>> = {
  'collection-api': 1,
  federation: 1,
  'own-api': 1,
  search: 10,
  redline: 10,
  export: 20,
  dataset: 20,
  feed: 1,
  health: 1,
  metrics: 1,
  site: 1,
};
