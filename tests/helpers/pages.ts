import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import type { ServerDeps } from '../../server/deps.ts';
import { createPages } from '../../server/pages/pages.ts';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';

/** The website without the server around it, below `/base`. */
export interface PagesOfTest {
  /** @param path below the base path: `/en/about` */
  get(path: string): Promise<Response>;
  /** The document. @throws where the answer is not 200 */
  document(path: string): Promise<string>;
  /** What was logged as an error. */
  readonly errors: readonly unknown[];
}

export function pagesOfTest(collections: ServedCollections, now = new Date('2026-03-01T12:00:00Z')): PagesOfTest {
  const errors: unknown[] = [];
  const silent = () => undefined;
  const queries = createQueryPool({ threads: 1 });
  onTestFinished(() => queries.close());
  const deps: ServerDeps = {
    collections,
    clock: () => now,
    publicUrl: () => 'https://watch.example/base',
    queries,
    log: { debug: silent, info: silent, warn: silent, error: (entry: unknown) => void errors.push(entry) },
    engineVersion: 'clausewatch/0.0.0',
  };
  const health = { startedAt: now, keepsSchedules: false, mirrorFetches: () => undefined };
  const app = new Hono().route('/base', createPages(deps, { health, accessLog: 'paths' }));
  const get = async (path: string): Promise<Response> => app.request(`http://localhost/base${path}`);
  return {
    errors,
    get,
    async document(path) {
      const response = await get(path);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
      return text;
    },
  };
}
