import { Hono } from 'hono';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { createDatasetRoutes } from '../../dataset/dataset-routes.ts';
import type { ServerDeps } from '../../deps.ts';
import { createFeedCache, type FeedCache } from '../../feeds/feed-cache.ts';
import { addFeedRoutes } from './feed.ts';
import { addMetadataRoutes } from './metadata.ts';
import { collectionApiPath, type RoutesContext } from './routes-context.ts';
import { addServicesRoutes } from './services.ts';
import { addTrackingResultsRoutes } from './tracking-results.ts';
import { addUnmatchedRoute } from './unmatched.ts';
import { addVersionRoutes } from './version.ts';
import { addVersionsRoutes } from './versions.ts';
import { createWrittenVersions, type WrittenVersions } from './written-versions.ts';

/** Where people read a version, with `%VERSION_ID` for its id: OTA's setting `collection-api.feed.versionUrlTemplate`. */
export interface CollectionApiOptions {
  readonly versionUrlTemplate?: string | undefined;
}

interface Caches {
  readonly written: WrittenVersions;
  readonly feeds: FeedCache;
}

/** One set of caches for each server, so that many collections do not take many times the memory. */
const caches = new WeakMap<ServerDeps, Caches>();

/**
 * Open Terms Archive's Collection API, version 1, of one collection: routes, shapes and errors as OTA's engine answers
 * them, to be mounted at any path. Errors of ours are thrown, for the server to answer.
 */
export function createCollectionApi(
  collection: ServedCollection,
  deps: ServerDeps,
  { versionUrlTemplate }: CollectionApiOptions = {},
): Hono {
  const { written, feeds } = cachesOf(deps);
  const context: RoutesContext = {
    collection,
    deps,
    written,
    versionUrlTemplate,
    address: (c) => `${deps.publicUrl(c)}${collectionApiPath(collection.id)}`,
  };
  const app = new Hono();
  addMetadataRoutes(app, context);
  addServicesRoutes(app, context);
  addVersionRoutes(app, context);
  addVersionsRoutes(app, context);
  addTrackingResultsRoutes(app, context);
  addFeedRoutes(app, { ...context, feeds });
  app.route('/', createDatasetRoutes(collection, deps));
  addUnmatchedRoute(app);
  return app;
}

function cachesOf(deps: ServerDeps): Caches {
  const kept = caches.get(deps) ?? { written: createWrittenVersions(), feeds: createFeedCache() };
  caches.set(deps, kept);
  return kept;
}
