import { type Context, Hono } from 'hono';
import type { ServedCollections } from '../archive/collections/served-collection.ts';
import type { ServerDeps } from './deps.ts';
import type { ExtensionFiles } from './extension/extension-files.ts';
import type { MirrorFetches } from './health/collection-health.ts';
import { createHealthRoute } from './health/health-route.ts';
import { accessLog, createAccessLog } from './http/access-log.ts';
import { answerAgain } from './http/answer-again.ts';
import { createClientOf } from './http/client.ts';
import { compression } from './http/compression.ts';
import { crossOrigin } from './http/cross-origin.ts';
import { createErrorHandler } from './http/errors.ts';
import { forwardedWarning } from './http/forwarded-warning.ts';
import { createKeptAnswers } from './http/kept-answers.ts';
import { readOnlyMethods } from './http/methods.ts';
import { createPublicUrl } from './http/public-url.ts';
import { createBudget, rateLimit } from './http/rate-limit.ts';
import { requestKind } from './http/request-kind.ts';
import { requestShape } from './http/request-shape.ts';
import { securityHeaders } from './http/security-headers.ts';
import { timeBudget } from './http/time-budget.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createMetricsRoute } from './metrics/metrics-route.ts';
import { createNotFound } from './pages/not-found.ts';
import { createRefusal } from './pages/refusal.ts';
import type { QueryPool } from './queries/query-pool.ts';
import { mountRouters } from './routers.ts';
import type { ServerSettings } from './server-settings.ts';

export interface AppOptions {
  readonly collections: ServedCollections;
  readonly settings: ServerSettings;
  readonly queries: QueryPool;
  /** Files that browser extensions download; without, their addresses answer 503. */
  readonly extensionFiles?: ExtensionFiles | undefined;
  readonly log: ServerDeps['log'];
  /** Told to readers: `clausewatch/0.1.0`. */
  readonly engineVersion: string;
  readonly clock?: () => Date;
  /** Scheme, host and port at which this machine reaches the server; for links where nothing better is known. */
  readonly localOrigin?: () => string;
  /** Whether this process tracks and fetches by the schedules; then what was never done counts as overdue too. */
  readonly keepsSchedules?: boolean;
  /** What this process has fetched; undefined: it does not fetch that collection. */
  readonly mirrorFetches?: (collection: string) => MirrorFetches | undefined;
}

/**
 * The whole server as an app that needs no socket: `app.request('http://localhost/…')` asks it. Collections are mounted
 * as they are now; what they hold may change at any time. `queries`, `extensionFiles` and `collections` stay
 * the caller's to close.
 */
export function createApp(options: AppOptions): Hono {
  const { collections, settings, queries, extensionFiles, log, engineVersion, clock = () => new Date() } = options;
  const { basePath } = settings;
  const clientOf = createClientOf(settings.trustedProxies);
  const localOrigin = options.localOrigin ?? (() => 'http://localhost');
  const publicUrl = createPublicUrl({
    configured: settings.publicUrl,
    basePath,
    fallbackOrigin: localOrigin,
    clientOf,
  });
  const deps: ServerDeps = { collections, clock, publicUrl, queries, extensionFiles, log, engineVersion };
  const context = {
    startedAt: clock(),
    keepsSchedules: options.keepsSchedules ?? false,
    mirrorFetches: options.mirrorFetches ?? (() => undefined),
  };
  const metrics = createMetrics(deps, context);
  const note = createAccessLog(settings.accessLog, log, clientOf);
  const budget = createBudget(settings.rateLimit, clientOf);
  const kept = createKeptAnswers(clientOf);
  const belowBase = (path: string): string => (path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path);

  const app = new Hono();
  const refuse = createRefusal(deps);
  app.onError(createErrorHandler(log, refuse));
  app.notFound(createNotFound(deps, basePath));
  app.use(async (c, next) => {
    c.set('requestKind', requestKind(belowBase(c.req.path), c.req.query('format')));
    const begun = performance.now();
    await next();
    metrics.observe(c.get('requestKind'), c.res.status, (performance.now() - begun) / 1000);
    kept.keep(c);
  });
  app.use(accessLog(note));
  app.use(securityHeaders(clientOf));
  // Before what is for any site to read: the numbers are for whoever runs the server.
  const atBase = new Hono().route('/', createMetricsRoute(metrics, settings.metricsFrom, clientOf));
  app.route(basePath || '/', atBase);
  // What is refused counts as well.
  app.use(forwardedWarning(log, clientOf), crossOrigin(), compression(), rateLimit(budget, refuse));
  app.use(readOnlyMethods(), requestShape(refuse), timeBudget(settings.requestTimeout));

  const routes = new Hono();
  routes.route('/', createHealthRoute({ deps, ...context }));
  mountRouters(routes, deps, settings, context);
  app.route(basePath || '/', routes);
  const route = (c: Context) => app.fetch(c.req.raw, c.env);
  return new Hono().all('*', answerAgain({ kept, budget, metrics, note, route }));
}
