import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed();
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const LONG = 'a'.repeat(10_000);
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u0000',
  'a\u0000b',
  LONG,
  '../../etc/passwd',
  '..',
  '--upload-pack=touch',
  "' OR 1=1 --",
  '"; DROP TABLE version; --',
  '<script>alert(1)</script>',
  '%',
  '%00',
  '%E0%A4%A',
  '😀',
  '\ud800',
  '{collection}',
  ':collection',
  '*',
];

const LABELLED = NAMES.map((name): [string, string] => [name.slice(0, 30), name]);

const PATHS = [
  (name: string) => `/collections/${name}`,
  (name: string) => `/collections/harbour/services/${name}`,
  (name: string) => `/collections/harbour/services/${name}/terms/${name}`,
  (name: string) => `/collections/harbour/services/Larkmail/terms/${name}/version`,
  (name: string) => `/collections/harbour/versions/${name}`,
  (name: string) => `/collections/harbour/redlines/${name}/${name}`,
  (name: string) => `/collections/harbour/clauses/${name}`,
  (name: string) => `/lists/${name}`,
];

const PARAMETERS = [
  'service',
  'type',
  'list',
  'collection',
  'since',
  'until',
  'cursor',
  'limit',
  'show',
  'class',
  'state',
  'topic',
  'format',
  'firstRecords',
];

const encoded = (name: string): string[] => {
  try {
    return [encodeURIComponent(name), encodeURIComponent(encodeURIComponent(name))];
  } catch {
    return [name];
  }
};

/** In the shape of the API's errors, without a fault of the server. */
async function expectAnswered(path: string, statuses: readonly number[]): Promise<void> {
  const response = await api.get(path);
  expect([path, statuses.includes(response.status) ? 'answered' : response.status]).toEqual([path, 'answered']);
  const body = (await response.json()) as { error?: { code: string; message: string } };
  if (response.status !== 200) {
    expect(Object.keys(body)).toEqual(['error']);
    // The topics, all of them, are the longest.
    expect(body.error?.message.length).toBeLessThan(1_200);
  }
}

test.each(LABELLED)('a name such as %j in a path is not found', async (_label, name) => {
  for (const path of PATHS) {
    for (const segment of encoded(name)) {
      // `..` is taken away by whoever parses the address, before it comes here.
      if (segment === '..') continue;
      await expectAnswered(path(segment), [404]);
    }
  }
  expect(api.errors).toEqual([]);
});

test.each(LABELLED)('a value such as %j in a query is nothing, or refused', async (_label, name) => {
  for (const parameter of PARAMETERS) {
    // What these name is here or not; services and types may come.
    const nothing = parameter === 'list' || parameter === 'collection' ? 404 : 200;
    for (const value of encoded(name)) {
      await expectAnswered(`/changes?${parameter}=${value}`, [nothing, 400]);
      await expectAnswered(`/changes?${parameter}=${value}&${parameter}=x`, [nothing, 400]);
      await expectAnswered(`/changes?${value}=${parameter}`, [200, 400]);
    }
  }
  expect(api.errors).toEqual([]);
});

test.each([
  ['/changes?limit=99999999999999999999', 400],
  ['/changes?limit=-1', 400],
  ['/changes?limit=1.5', 400],
  ['/changes?limit=0x10', 400],
  ['/changes?limit=%2B5', 400],
  ['/changes?limit=NaN', 400],
  ['/search?q=terms&offset=1000', 400],
  ['/search?q=terms&offset=999999999', 400],
  [`/search?q=${LONG}`, 400],
  ['/search?q=%00', 400],
  ['/same-terms?offset=100001', 400],
  [`/collections/harbour/services/Larkmail/terms/Terms%20of%20Service/passages?text=${LONG}`, 400],
  [`/changes?${Array.from({ length: 51 }, (_, place) => `service=s${place}`).join('&')}`, 400],
  [`/changes?${Array.from({ length: 50 }, (_, place) => `service=s${place}`).join('&')}`, 200],
  ['/changes?since=0000-01-01&until=9999-12-31', 200],
  ['/changes?since=-271821-04-20', 400],
  ['/changes?since=%2B275760-09-13T00:00:00Z', 400],
  ['/changes?__proto__[limit]=5', 400],
  ['/changes?constructor.prototype.limit=5', 400],
])('%s → %i', async (path, status) => {
  await expectAnswered(path, [status]);
  expect(api.errors).toEqual([]);
});

test('whatever stands in a query is answered, without a fault of the server', async () => {
  const parameter = fc.oneof(fc.constantFrom(...PARAMETERS, 'q', 'toString', '__proto__'), fc.string({ maxLength: 8 }));
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(...NAMES),
    fc.double().map(String),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/changes', '/services', '/same-terms', '/collections/harbour/versions', '/lists'),
      fc.array(fc.tuple(parameter, value), { maxLength: 5 }),
      async (path, pairs) => {
        await expectAnswered(
          `${path}?${new URLSearchParams(pairs)}`.replace(/format=(csv|jsonl)/, 'format=x'),
          pairs.some(([name]) => name === 'list' || name === 'collection') ? [200, 400, 404] : [200, 400],
        );
      },
    ),
    { numRuns: 300 },
  );
  expect(api.errors).toEqual([]);
  expect(Object.prototype).not.toHaveProperty('limit');
});
