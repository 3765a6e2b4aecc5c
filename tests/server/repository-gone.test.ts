import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';
import { servedOfTest } from '../helpers/served.ts';
import { appOfTest } from './http/app-of-test.ts';

test('a repository that is gone is 503 with when to ask again and no path; what is put in its place is read', async () => {
  const served = await servedOfTest();
  const queries = createQueryPool({ threads: 1 });
  try {
    const { app, lines } = appOfTest({ collections: served, queries });
    const [, second, third] = served.get('lighthouse')?.index().versions({}, { limit: 3 }) ?? [];
    const { versionsDirectory } = served.places('lighthouse');
    const kept = join(served.directory, 'kept');
    await cp(versionsDirectory, kept, { recursive: true });
    await rm(versionsDirectory, { recursive: true });
    const paths = [
      `/lighthouse/api/v1/version/${second?.id}`,
      `/api/collections/lighthouse/versions/${second?.id}`,
      `/api/collections/lighthouse/redlines/${third?.id}/${second?.id}`,
    ];
    for (const path of paths) {
      const answer = await app.request(path);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const text = await answer.text();
      expect(text).toContain('The text of this record cannot be read just now');
      expect(text).not.toContain(served.directory);
      expect(text.includes('records-unavailable')).toBe(path.startsWith('/api/'));
    }
    expect(JSON.stringify(lines)).toContain(versionsDirectory);
    await cp(kept, versionsDirectory, { recursive: true });
    for (const path of paths) expect([path, (await app.request(path)).status]).toEqual([path, 200]);
  } finally {
    await queries.close();
  }
});
