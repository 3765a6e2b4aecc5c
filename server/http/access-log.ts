import type { Context, MiddlewareHandler } from 'hono';
import type { ServerDeps } from '../deps.ts';
import type { ClientOf } from './client.ts';

/**
 * What is noted of each request. `paths`: method, path, status and time; neither what was searched for nor who asked, so
 * that nobody's reading is kept. `full`: query and address too.
 */
export type AccessLog = 'off' | 'paths' | 'full';

export type NoteAccess = (c: Context, status: number, milliseconds: number) => void;

/** Longer paths are nobody's reading. */
const MAX_LOGGED = 300;

export function createAccessLog(mode: AccessLog, log: ServerDeps['log'], clientOf: ClientOf): NoteAccess {
  if (mode === 'off') return () => undefined;
  return (c, status, milliseconds) => {
    const { method, path, url } = c.req;
    const line = { method, path: path.slice(0, MAX_LOGGED), status, ms: Math.round(milliseconds * 10) / 10 };
    if (mode === 'paths') return log.info(line, 'request');
    const { search } = new URL(url);
    log.info({ ...line, query: search.slice(0, MAX_LOGGED), address: clientOf(c).address }, 'request');
  };
}

export const accessLog = (note: NoteAccess): MiddlewareHandler =>
  async function accessLog(c, next) {
    const begun = performance.now();
    await next();
    note(c, c.res.status, performance.now() - begun);
  };
