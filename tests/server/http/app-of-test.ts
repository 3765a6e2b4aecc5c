import { Writable } from 'node:stream';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import { type AppOptions, createApp } from '../../../server/app.ts';
import { type Listening, listen } from '../../../server/http/listen.ts';
import type { QueryPool } from '../../../server/queries/query-pool.ts';
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../../../server/server-settings.ts';

/** A server that serves no collection: enough for all that is asked before one is. */
export const NOTHING: ServedCollections = {
  all: () => [],
  get: () => undefined,
  default: () => undefined,
  lists: () => [],
  close: async () => {},
};

const nobodyAsks = (): never => {
  throw new Error('A server without collections has nothing to search.');
};
export const NO_QUERIES: QueryPool = {
  search: nobodyAsks,
  mentions: nobodyAsks,
  passageHistory: nobodyAsks,
  clause: nobodyAsks,
  redline: nobodyAsks,
  load: () => ({ running: 0, waiting: 0, cachedRedlines: 0, cachedBytes: 0 }),
  close: async () => {},
};

export type LogLine = Record<string, unknown>;

/** A log whose lines can be looked at. */
export function logOfTest(): { log: AppOptions['log']; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: pino({ level: 'debug', base: {} }, stream), lines };
}

/** The whole app over no collections, or over those given. */
export function appOfTest({
  settings,
  ...options
}: Partial<Omit<AppOptions, 'settings'>> & { settings?: Partial<ServerSettings> } = {}): {
  app: ReturnType<typeof createApp>;
  lines: LogLine[];
} {
  const { log, lines } = logOfTest();
  const app = createApp({
    collections: NOTHING,
    queries: NO_QUERIES,
    log,
    engineVersion: 'clausewatch/test',
    ...options,
    settings: { ...DEFAULT_SERVER_SETTINGS, ...settings },
  });
  return { app, lines };
}

/** Opens an app on a free port of this machine until the test ends. */
export async function listenInTest(
  app: Parameters<typeof listen>[0],
  { host = '127.0.0.1', trustedProxies = [] }: { host?: string; trustedProxies?: readonly string[] } = {},
): Promise<Listening & { origin: string }> {
  const listening = await listen(app, { host, port: 0, trustedProxies });
  onTestFinished(() => listening.close(100));
  return { ...listening, origin: `http://127.0.0.1:${listening.port}` };
}
