import type { MiddlewareHandler } from 'hono';
import type { ServerDeps } from '../deps.ts';
import type { ClientOf } from './client.ts';

/**
 * What is noted of each request. `paths`: method, path, status and time; neither what was searched for nor who asked, so
 * that nobody's reading is kept. `full`: query and address too.
 */
export type AccessLog = 'off' | 'paths' | 'full';

/** Longer paths are nobody's reading. */
const MAX_LOGGED = 300;

export function accessLog(mode: AccessLog, log: ServerDeps['log'], clientOf: ClientOf): MiddlewareHandler {
  if (mode === 'off') return (_c, next) => next();
  return async function accessLog(c, next) {
    const begun = performance.now();
    await next();
    const ms = Math.round((performance.now() - begun) * 10) / 10;
    const { method, path, url } = c.req;
    const line = { method, path: path.slice(0, MAX_LOGGED), status: c.res.status, ms };
    if (mode === 'paths') return log.info(line, 'request');
    const { search } = new URL(url);
    log.info({ ...line, query: search.slice(0, MAX_LOGGED), address: clientOf(c).address }, 'request');
  };
}
