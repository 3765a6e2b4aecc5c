import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { apiOfTest } from '../../helpers/api.ts';
import { servedOfTest } from '../../helpers/served.ts';

test('a redline whose reader hangs up is given up', async () => {
  // No two words are the same, so that comparing them takes seconds.
  const words = (seed: number): string =>
    Array.from({ length: 150_000 }, (_, place) => `w${(place * 7919 + seed) % 999_983}${place % 9 ? '' : '\n\n'}`).join(
      ' ',
    );
  const names = { serviceId: 'Brook', termsType: 'Terms of Service', snapshots: [] };
  const served = await servedOfTest({
    collections: [
      {
        id: 'ash',
        records: [
          { ...names, date: '2024-01-01T00:00:00Z', content: words(1) },
          { ...names, date: '2024-01-02T00:00:00Z', content: words(2) },
        ],
      },
    ],
  });
  const [after, before] = served.get('ash')?.index().versions({}, { limit: 2 }) ?? [];
  const queries = createQueryPool({ threads: 1, budget: 60_000 });
  const server = serve({ fetch: apiOfTest(served, queries).app.fetch, port: 0, hostname: '127.0.0.1' });
  onTestFinished(async () => {
    server.close();
    await queries.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const path = `/base/api/collections/ash/redlines/${before?.id}/${after?.id}`;
  const asked = request({ port, host: '127.0.0.1', path }).on('error', () => undefined);
  asked.end();
  await expect.poll(() => queries.load().running, { timeout: 10_000 }).toBe(1);
  asked.destroy();
  await expect.poll(() => queries.load().running, { timeout: 10_000, interval: 10 }).toBe(0);
  // Given up, not finished: nothing was remembered.
  expect(queries.load().cachedRedlines).toBe(0);
});
