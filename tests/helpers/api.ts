import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { createApi } from '../../server/api/create-api.ts';
import type { ServerDeps } from '../../server/deps.ts';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';
import type { QueryPool } from '../../server/queries/query-pool.ts';

/** Our own API without the server around it, as it is mounted there. */
export interface ApiOfTest {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** @throws where the answer is not 200 */
  json(path: string): Promise<unknown>;
  readonly app: Hono;
  /** What was logged as an error. */
  readonly errors: readonly unknown[];
}

export const NOW = new Date('2026-03-01T12:00:00Z');

export function apiOfTest(collections: ServedCollections, queries?: QueryPool): ApiOfTest {
  const errors: unknown[] = [];
  const silent = () => undefined;
  const deps: ServerDeps = {
    collections,
    clock: () => NOW,
    publicUrl: () => 'https://watch.example/base',
    queries: queries ?? ownPool(),
    log: { debug: silent, info: silent, warn: silent, error: (entry: unknown) => void errors.push(entry) },
    engineVersion: 'clausewatch/0.0.0',
  };
  const app = new Hono().route('/base/api', createApi(deps));
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    app.request(`http://localhost/base/api${path}`, { headers });
  return {
    app,
    errors,
    get,
    async json(path) {
      const response = await get(path);
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}

function ownPool(): QueryPool {
  const pool = createQueryPool({ threads: 1 });
  onTestFinished(() => pool.close());
  return pool;
}
