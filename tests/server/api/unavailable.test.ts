import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServedCollection, ServedCollections } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import { readCursor, writeCursor } from '../../../server/api/cursor.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { QueriesBusyError, QueryTooExpensiveError } from '../../../server/queries/query-error.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

const MESSAGE = 'The index /srv/somewhere/index.sqlite cannot be read just now.';
const queries = createQueryPool({ threads: 1 });
let served: ServedOfTest;

beforeAll(async () => {
  served = await openServed();
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

/** The served collections, of which some cannot be read just now. */
function without(...ids: string[]): ServedCollections {
  const broken = (collection: ServedCollection): ServedCollection => ({
    ...collection,
    name: collection.name,
    index: () => {
      throw new IndexUnavailableError(MESSAGE, { reason: 'damaged' });
    },
    indexFile: '/nowhere/index.sqlite',
    indexActivity: () => ({ kind: 'building', part: 'records', done: 3, total: 10 }),
  });
  const all = (): ServedCollection[] => served.all().map((one) => (ids.includes(one.id) ? broken(one) : one));
  return { ...served, all, get: (id) => all().find((one) => one.id === id) };
}

describe('one of two indexes cannot be read', () => {
  let api: ApiOfTest;
  beforeAll(() => {
    api = apiOfTest(without('lighthouse'), queries);
  });

  test.each(['/changes', '/services', '/search?q=larkmail'])('%s answers from the other, and says so', async (path) => {
    const response = await api.get(path);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const { data, unavailable } = (await response.json()) as {
      data: { collection: string }[];
      unavailable: { collection: string; message: string }[];
    };
    expect(new Set(data.map(({ collection }) => collection))).toEqual(new Set(['harbour']));
    expect(unavailable.map(({ collection }) => collection)).toEqual(['lighthouse']);
    expect(unavailable[0]?.message).toMatch(/^The index .*made.* by itself\. 3 of 10 done\.$/);
  });

  test.each([
    '/changes?collection=lighthouse',
    '/services?collection=lighthouse',
    '/search?q=larkmail&collection=lighthouse',
    '/collections/lighthouse/versions',
    '/collections/lighthouse/services/Gullnet',
    '/collections/lighthouse/services/Gullnet/terms/Privacy%20Policy',
    // A file that leaves a collection out would look complete.
    '/changes?format=csv',
    '/search?q=larkmail&format=csv',
    '/services?format=csv',
  ])('%s is answered with when to ask again', async (path) => {
    const response = await api.get(path);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error).toMatchObject({ code: 'index-unavailable', next: expect.any(String) });
    expect(error.message).not.toMatch(/sqlite|somewhere|nowhere/);
  });

  test('what does not need the index is answered', async () => {
    expect(await api.json('/collections/lighthouse')).toMatchObject({
      counts: null,
      index: { activity: 'building', building: { part: 'records', done: 3, total: 10 }, updatedAt: null },
    });
    expect(await api.json('/domains')).toHaveProperty('domains');
    expect(await api.json('/same-terms')).toMatchObject({
      data: [{ terms: [{ versions: 4 }, { collection: 'lighthouse', isDeclared: true, versions: 0 }] }],
    });
  });

  test('of an index that failed no file is named', async () => {
    const failed = served.all().map((one) => ({
      ...one,
      indexActivity: () => ({ kind: 'failed', message: `${MESSAGE} Look at /srv/somewhere.` }) as const,
    }));
    const broken = apiOfTest(
      { ...served, all: () => failed, get: (id) => failed.find((one) => one.id === id) },
      queries,
    );
    const message = 'The index index.sqlite cannot be read just now. Look at somewhere.';
    expect(await broken.json('/collections/harbour')).toMatchObject({ index: { activity: 'failed', message } });
    expect(JSON.stringify(await broken.json('/collections'))).not.toContain('/srv');
  });

  test('a collection that could not answer in the first part is told in a later one', async () => {
    interface Part {
      readonly data: { readonly collection: string }[];
      readonly nextCursor: string;
    }
    const first = (await api.json('/changes')) as Part;
    expect(first.data.map(({ collection }) => collection)).toEqual(['harbour', 'harbour']);
    const response = await api.get(`/changes?cursor=${first.nextCursor}`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
    const later = (await apiOfTest(served, queries).json(`/changes?cursor=${first.nextCursor}`)) as Part;
    expect(later.data.map(({ collection }) => collection)).toEqual(['lighthouse']);
    expect(later.nextCursor).toBeNull();
  });

  test('a list that was begun keeps its place in it', async () => {
    const epoch = served.get('lighthouse')?.index().state().epoch ?? '';
    const harbour = served.get('harbour')?.index().state().epoch ?? '';
    const cursor = writeCursor([
      { collection: 'harbour', place: { before: 1, epoch: harbour } },
      { collection: 'lighthouse', place: { before: 3, epoch } },
    ]);
    const { nextCursor } = (await api.json(`/changes?cursor=${cursor}`)) as { nextCursor: string };
    expect(nextCursor).toBe(writeCursor([{ collection: 'lighthouse', place: { before: 3, epoch } }]));
  });
});

test('questions that take too long, and too many at once', async () => {
  const failing = (error: Error) =>
    apiOfTest(served, { ...queries, search: () => Promise.reject(error), redline: () => Promise.reject(error) });
  const expensive = await failing(new QueryTooExpensiveError('This took longer. Name a collection.')).get(
    '/search?q=a',
  );
  expect(expensive.status).toBe(503);
  expect(await expensive.json()).toEqual({
    error: { code: 'too-expensive', message: 'This took longer. Name a collection.' },
  });
  const busy = await failing(new QueriesBusyError('50 questions are waiting')).get('/search?q=a');
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await busy.json()).toMatchObject({ error: { code: 'busy' } });
});

test('what nobody expected is logged, and told without internals', async () => {
  const api = apiOfTest(served, {
    ...queries,
    search: () => Promise.reject(new Error('SELECT secret FROM /srv/somewhere')),
  });
  const response = await api.get('/search?q=a');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/secret|somewhere|SELECT/);
  expect(api.errors).toHaveLength(1);
});

test('an index that is made anew while a list is read is read again', async () => {
  let epochs = ['former'];
  const all = served.all().map((collection) => ({
    ...collection,
    index: () => {
      const reader = collection.index();
      return { ...reader, state: () => ({ ...reader.state(), epoch: epochs.shift() ?? 'present' }) };
    },
  }));
  const api = apiOfTest({ ...served, all: () => all, get: (id) => all.find((one) => one.id === id) }, queries);
  const path = '/changes?collection=harbour&limit=1';
  const { nextCursor } = (await api.json(path)) as { nextCursor: string };
  expect(readCursor(nextCursor)).toEqual([
    { collection: 'harbour', place: { epoch: 'present', before: expect.any(Number) } },
  ]);
  expect((await api.get(`${path}&cursor=${nextCursor}`)).status).toBe(200);
  // One that became another after the cursor was looked at is not read on from there.
  epochs = ['present', 'another', 'another', 'another'];
  expect((await api.get(`${path}&cursor=${nextCursor}`)).status).toBe(400);
});
