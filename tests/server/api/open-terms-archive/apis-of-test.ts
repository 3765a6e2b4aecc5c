import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll } from 'vitest';
import type { ServedCollection } from '../../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../../archive/index/indexed-record.ts';
import { createCollectionApi } from '../../../../server/api/open-terms-archive/collection-api.ts';
import { createFederationApi } from '../../../../server/api/open-terms-archive/federation-api.ts';
import type { ServerDeps } from '../../../../server/deps.ts';
import { createFeeds } from '../../../../server/feeds/feeds.ts';
import { createErrorHandler, notFound } from '../../../../server/http/errors.ts';
import { openServed, type ServedOfTest, type ServedOfTestOptions } from '../../../helpers/served.ts';
import { logOfTest, NO_QUERIES } from '../../http/app-of-test.ts';

/** Where readers see the server of the tests, wherever it really is. */
export const PUBLIC_URL = 'https://watch.example/terms';
/** The server's present. */
export const NOW = new Date('2025-06-01T12:00:00Z');

export interface Apis {
  readonly served: ServedOfTest;
  readonly app: Hono;
  collection(id: string): ServedCollection;
  /** All versions, oldest first. */
  versions(collection: string): IndexedVersion[];
  close(): Promise<void>;
}

export interface ApisOfTestOptions extends ServedOfTestOptions {
  readonly versionUrlTemplate?: string;
}

/** OTA's APIs and the feeds, mounted as the server mounts them, over collections in a temporary folder. */
export async function apisOfTest({ versionUrlTemplate, ...options }: ApisOfTestOptions = {}): Promise<Apis> {
  const served = await openServed(options);
  const { log } = logOfTest();
  const deps: ServerDeps = {
    collections: served,
    clock: () => NOW,
    publicUrl: () => PUBLIC_URL,
    queries: NO_QUERIES,
    log,
    engineVersion: 'clausewatch/1.2.3',
  };
  const app = new Hono();
  app.onError(createErrorHandler(log));
  app.notFound(notFound);
  for (const collection of served.all()) {
    app.route(`/${collection.id}/api/v1`, createCollectionApi(collection, deps, { versionUrlTemplate }));
  }
  const byDefault = served.default();
  if (byDefault) app.route('/collection-api/v1', createCollectionApi(byDefault, deps, { versionUrlTemplate }));
  app.route('/federation/v1', createFederationApi(deps));
  app.route('/feeds', createFeeds(deps, { versionUrlTemplate }));

  const collection = (id: string): ServedCollection => {
    const found = served.get(id);
    if (!found) throw new Error(`The test has no collection ${id}`);
    return found;
  };
  return {
    served,
    app,
    collection,
    versions: (id) => collection(id).index().versions({}, { limit: 500 }).toReversed(),
    close: () => served.close(),
  };
}

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

type Open = (app: Hono) => Promise<{ ask: Ask; close(): Promise<void> }>;

/** The same questions asked of the app itself, and of a server that listens. */
export const TRANSPORTS: readonly (readonly [string, Open])[] = [
  ['app.request', async (app) => ({ ask: async (path, init) => app.request(path, init), close: async () => {} })],
  [
    'a socket',
    async (app) => {
      const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      return {
        ask: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
        close: async () => {
          server.close();
          await once(server, 'close');
        },
      };
    },
  ],
];

/** Asks through one of the transports in the tests of this block; `app` is there only once they begin. */
export function askThrough(open: Open, app: () => Hono): Ask {
  let opened: Awaited<ReturnType<Open>> | undefined;
  beforeAll(async () => {
    opened = await open(app());
  });
  afterAll(() => opened?.close());
  return (path, init) => {
    if (!opened) throw new Error('Asked before the tests of this block began');
    return opened.ask(path, init);
  };
}
