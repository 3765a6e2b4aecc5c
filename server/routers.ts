import type { Hono } from 'hono';
import { createApi } from './api/create-api.ts';
import { createCollectionApi } from './api/open-terms-archive/collection-api.ts';
import { createFederationApi } from './api/open-terms-archive/federation-api.ts';
import type { ServerDeps } from './deps.ts';
import { createFeeds } from './feeds/feeds.ts';
import type { HealthContext } from './health/collection-health.ts';
import { createAssets } from './pages/assets/assets.ts';
import { createLanding } from './pages/landing.ts';
import { createPages } from './pages/pages.ts';
import type { ServerSettings } from './server-settings.ts';

/** Puts every router in its place below the base path. */
export function mountRouters(
  app: Hono,
  deps: ServerDeps,
  settings: ServerSettings,
  health: Omit<HealthContext, 'now'>,
): void {
  app.route('/', createLanding(deps));
  app.route('/', createAssets());
  app.route('/', createPages(deps, { health, accessLog: settings.accessLog }));
  app.route('/feeds', createFeeds(deps, settings));
  app.route('/api', createApi(deps));
  app.route('/federation/v1', createFederationApi(deps));
  const byDefault = deps.collections.default();
  for (const collection of deps.collections.all()) {
    const router = createCollectionApi(collection, deps, settings);
    app.route(`/${collection.id}/api/v1`, router);
    if (collection !== byDefault) continue;
    // Where OTA's clients expect it: its engine's default base path, or the collection's own.
    for (const path of new Set(['', '/collection-api', settings.collectionApiBasePath]))
      app.route(`${path}/v1`, router);
  }
}
