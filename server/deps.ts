import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { ServedCollections } from '../archive/collections/served-collection.ts';
import type { ExtensionFiles } from './extension/extension-files.ts';
import type { QueryPool } from './queries/query-pool.ts';

/**
 * What every router gets; a router is a factory `(deps: ServerDeps) => Hono`, or `(collection: ServedCollection, deps:
 * ServerDeps) => Hono` for one collection. Routers throw what they cannot answer; the app's `onError` answers for all.
 */
export interface ServerDeps {
  readonly collections: ServedCollections;
  readonly clock: () => Date;
  /**
   * Scheme, host and base path under which the reader sees this server, without a slash at the end:
   * `https://watch.example/terms`. The configured public address; without one, what the request says, where forwarded
   * headers count only from trusted proxies.
   */
  readonly publicUrl: (c: Context) => string;
  /** Threads for what takes longer than a millisecond: search, redlines. */
  readonly queries: QueryPool;
  /** Files that browser extensions download; undefined: this server makes none. */
  readonly extensionFiles?: ExtensionFiles | undefined;
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  /** Version of this program as it is told to readers: `clausewatch/0.1.0`. */
  readonly engineVersion: string;
}
