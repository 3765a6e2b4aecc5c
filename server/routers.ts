import type { Hono } from 'hono';
import type { ServerDeps } from './deps.ts';
import type { ServerSettings } from './server-settings.ts';
import { createLanding } from './site/landing.ts';

/** Puts every router in its place below the base path. */
export function mountRouters(app: Hono, deps: ServerDeps, _settings: ServerSettings): void {
  app.route('/', createLanding(deps));
}
