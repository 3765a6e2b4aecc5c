import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { toCsvLine } from '../../../server/api/csv.ts';
import * as collectionSchemas from '../../../server/api/schemas/collection.ts';
import * as serviceSchemas from '../../../server/api/schemas/service.ts';
import { checksPage } from '../../../server/api/schemas/tracking.ts';
import * as versionSchemas from '../../../server/api/schemas/version.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';
import { uncounted } from '../../helpers/uncounted.ts';

const LISTS = `
mail:
  name: Mail services
  description: Everything with letters
  members: [harbour/Larkmail, lighthouse/larkmail]
`;
const TERMS = '/collections/harbour/services/Larkmail/terms/Terms%20of%20Service';
const FERRY = '/collections/harbour/services/Ferry%20%26%20Sons!';

let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed({ lists: LISTS });
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const versionIds = (serviceId: string, collection = 'harbour'): string[] =>
  (served.get(collection)?.index().versions({ serviceId }, { limit: 100 }) ?? []).map(({ id }) => id).reverse();

// Request, schema of its answer, and what has to be in it.
test.each<[string, z.ZodType, unknown]>([
  ['/collections', collectionSchemas.collections, { data: [{ id: 'harbour' }, { id: 'lighthouse' }] }],
  [
    '/collections/harbour',
    collectionSchemas.collection,
    {
      name: 'Harbour',
      kind: 'tracked',
      schedule: '30 */12 * * *',
      metadata: { tagline: 'Fictional services of Harbour' },
      counts: { services: 4, terms: 5, declaredServices: 3, declaredTerms: 4, versions: 7 },
      index: { activity: 'ready', building: null, message: null },
      links: {
        self: 'https://watch.example/base/api/collections/harbour',
        collectionApi: 'https://watch.example/base/harbour/api/v1',
      },
    },
  ],
  [
    '/collections/lighthouse/coverage',
    collectionSchemas.coverage,
    { areChecksKnown: false, declaredTerms: 2, failingTerms: 0, lastRun: null, checks: null },
  ],
  [
    '/services',
    serviceSchemas.services,
    {
      data: [
        { collection: 'harbour', id: 'Ferry & Sons!', name: 'Ferry & Sons', isDeclared: true },
        { id: 'Larkmail' },
        { id: 'Old Harbour', name: 'Old Harbour', isDeclared: false, terms: [{ isDeclared: false, versions: 1 }] },
        { id: 'Unrecorded', terms: [{ isDeclared: true, versions: 0, firstDate: null, latestVersionId: null }] },
        { collection: 'lighthouse', id: 'Gullnet' },
        { collection: 'lighthouse', id: 'larkmail' },
      ],
      nextCursor: null,
      unavailable: [],
    },
  ],
  ['/services?name=LARK', serviceSchemas.services, { data: [{ id: 'Larkmail' }, { id: 'larkmail' }] }],
  [
    '/services?type=Privacy%20Policy&collection=harbour',
    serviceSchemas.services,
    { data: [{ id: 'Larkmail', terms: [{ termsType: 'Privacy Policy' }] }, { id: 'Unrecorded' }] },
  ],
  ['/services?list=mail', serviceSchemas.services, { data: [{ collection: 'harbour' }, { collection: 'lighthouse' }] }],
  ['/services?service=Nobody', serviceSchemas.services, { data: [] }],
  [
    FERRY,
    serviceSchemas.service,
    { id: 'Ferry & Sons!', terms: [{ locations: ['https://ferry.test/legal/terms.pdf'] }] },
  ],
  [
    TERMS,
    serviceSchemas.termsDetail,
    {
      versions: 4,
      technicalUpgrades: 1,
      firstDate: '2024-01-10T08:00:00.000Z',
      latestDate: '2025-02-03T08:00:00.000Z',
      first: { isFirstRecord: true },
      latest: { fetchDate: '2025-02-03T08:00:00.000Z' },
      tracking: { state: 'unchecked', lastCheck: null, unchangedSince: '2025-02-03T08:00:00.000Z' },
      alsoIn: [{ collection: 'lighthouse', serviceId: 'larkmail', termsType: 'Terms of Service' }],
    },
  ],
  [
    '/collections/lighthouse/services/larkmail/terms/Terms%20of%20Service',
    serviceSchemas.termsDetail,
    { tracking: { state: 'unknown' }, alsoIn: [{ collection: 'harbour', serviceId: 'Larkmail' }] },
  ],
  [
    '/collections/harbour/services/Old%20Harbour/terms/Terms%20of%20Service',
    serviceSchemas.termsDetail,
    { tracking: { state: 'not-declared' }, alsoIn: [] },
  ],
  [
    '/same-terms',
    serviceSchemas.sameTermsList,
    {
      data: [
        {
          serviceName: 'Larkmail',
          terms: [
            { collection: 'harbour', serviceId: 'Larkmail', versions: 4 },
            { collection: 'lighthouse', serviceId: 'larkmail', versions: 1 },
          ],
        },
      ],
      total: 1,
    },
  ],
  ['/same-terms?service=Gullnet', serviceSchemas.sameTermsList, { data: [], total: 0 }],
  [
    `${TERMS}/declaration`,
    serviceSchemas.declaration,
    {
      validUntil: null,
      sourceDocuments: [{ location: 'https://www.larkmail.example/terms', remove: ['nav', '.banner'] }],
    },
  ],
  [`${TERMS}/checks`, checksPage, { areChecksKnown: false, data: [], nextCursor: null }],
  [
    `${TERMS}/version?date=2024-01-10`,
    versionSchemas.versionWithContent,
    {
      fetchDate: '2024-01-10T08:00:00.000Z',
      content: '# Terms\n\nYou may use Larkmail for free.\n\nWe may end the service at any time.',
    },
  ],
  [`${TERMS}/version?date=2024-05-31T23:59:59Z`, versionSchemas.versionWithContent, { isFirstRecord: true }],
  [`${TERMS}/version?date=2024-06-01`, versionSchemas.versionWithContent, { isTechnicalUpgrade: true }],
  [`${TERMS}/version`, versionSchemas.versionWithContent, { fetchDate: '2025-02-03T08:00:00.000Z' }],
  [
    '/changes',
    versionSchemas.changes,
    {
      data: [
        { collection: 'lighthouse', serviceId: 'Gullnet', serviceName: 'Gullnet' },
        { collection: 'harbour', fetchDate: '2025-02-03T08:00:00.000Z' },
        { collection: 'harbour', fetchDate: '2024-06-01T08:00:00.000Z', isTechnicalUpgrade: false },
      ],
      nextCursor: null,
    },
  ],
  [
    '/changes?technicalUpgrades=only',
    versionSchemas.changes,
    { data: [{ isTechnicalUpgrade: true, serviceId: 'Larkmail' }] },
  ],
  [
    '/changes?firstRecords=only&type=Privacy%20Policy',
    versionSchemas.changes,
    { data: [{ serviceId: 'Gullnet', previousId: null, redline: null }, { serviceId: 'Larkmail' }] },
  ],
  ['/changes?service=Larkmail&service=Gullnet', versionSchemas.changes, { data: [{}, {}, {}] }],
  ['/changes?list=mail', versionSchemas.changes, { data: [{ collection: 'harbour' }, { collection: 'harbour' }] }],
  [
    '/changes?since=2024-06-01&until=2025-02-03T08:00:00Z',
    versionSchemas.changes,
    { data: [{ fetchDate: '2024-06-01T08:00:00.000Z' }] },
  ],
  ['/changes?collection=lighthouse&service=Larkmail', versionSchemas.changes, { data: [] }],
  [
    '/collections/harbour/versions?service=Larkmail&type=Terms%20of%20Service',
    versionSchemas.versions,
    { data: [{}, { isTechnicalUpgrade: true }, {}, { isFirstRecord: true }], nextCursor: null },
  ],
  ['/lists', collectionSchemas.serviceLists, { data: [{ id: 'mail', name: 'Mail services' }] }],
  [
    '/lists/mail',
    collectionSchemas.serviceList,
    { members: [{ collection: 'harbour', serviceId: 'Larkmail' }, { collection: 'lighthouse' }] },
  ],
  [
    '/domains',
    collectionSchemas.domains,
    {
      domains: {
        'larkmail.example': [{ collection: 'harbour', serviceId: 'Larkmail' }, { collection: 'lighthouse' }],
        'ferry.test': [{ serviceId: 'Ferry & Sons!', serviceName: 'Ferry & Sons' }],
      },
    },
  ],
])('%s', async (path, schema, expected) => {
  const answer = await api.json(path);
  expect(schema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject(expected as object);
});

test('a change links to its redline, which tells what words came and went', async () => {
  const { data } = versionSchemas.changes.parse(await api.json('/changes?collection=lighthouse'));
  const path = data[0]?.redline?.replace('https://watch.example/base/api', '') ?? '';
  const redline = versionSchemas.redline.parse(await api.json(path));
  expect(redline.before.id).toBe(data[0]?.previousId);
  expect(redline.after.id).toBe(data[0]?.id);
  const words = (kind: string): string =>
    redline.blocks
      .flatMap(({ spans }) => spans)
      .filter((span) => span.kind === kind)
      .map(({ text }) => text)
      .join(' ');
  expect(words('inserted')).toContain('what you give us to partners');
  expect(words('deleted')).toContain('nothing');
  expect(words('equal')).toContain('Privacy of Gullnet');
  expect(redline.wordsInserted).toBeGreaterThan(redline.wordsDeleted);
});

test('the redline of the terms of two services', async () => {
  const [ferry] = versionIds('Ferry & Sons!');
  const [old] = versionIds('Old Harbour');
  const answer = versionSchemas.redline.parse(await api.json(`/collections/harbour/redlines/${old}/${ferry}`));
  expect([answer.before.serviceId, answer.after.serviceId]).toEqual(['Old Harbour', 'Ferry & Sons!']);
  expect(JSON.stringify(answer.blocks)).toContain('<script>alert(1)</script>');
});

test('a version by id, its text alone, and its neighbours', async () => {
  const [first, , third, last] = versionIds('Larkmail').filter((id) =>
    served
      .get('harbour')
      ?.index()
      .versionsOfCommit(id)
      .some(({ termsType }) => termsType === 'Terms of Service'),
  );
  const answer = versionSchemas.versionWithContent.parse(await api.json(`/collections/harbour/versions/${first}`));
  expect(answer).toMatchObject({ id: first, isFirstRecord: true, serviceId: 'Larkmail' });
  const text = await api.get(`/collections/harbour/versions/${first}?format=markdown`);
  expect(text.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect(await text.text()).toBe(answer.content);
  expect(await api.json(`/collections/harbour/versions/${last}/neighbours`)).toEqual({
    first,
    previous: third,
    next: null,
    last,
  });
  expect((await api.get(`/collections/harbour/versions/${first}?service=Gullnet`)).status).toBe(404);
});

describe('what is not there', () => {
  test.each([
    '/collections/nowhere',
    '/collections/nowhere/coverage',
    '/collections/harbour/services/larkmail',
    '/collections/harbour/services/Larkmail/terms/Imprint',
    '/collections/harbour/services/Unrecorded/terms/Privacy%20Policy/version',
    `${TERMS}/version?date=2020-01-01`,
    '/collections/harbour/services/Old%20Harbour/terms/Terms%20of%20Service/declaration',
    `/collections/harbour/versions/${'0'.repeat(40)}`,
    '/collections/harbour/versions/HEAD',
    '/collections/harbour/versions/--help',
    `/collections/harbour/redlines/${'0'.repeat(40)}/${'1'.repeat(40)}`,
    '/collections/harbour/clauses/one',
    '/lists/none',
    '/nothing/here',
  ])('%s', async (path) => {
    const response = await api.get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('not-found');
    expect(error.message).not.toBe('');
  });
});

describe('requests that cannot be read', () => {
  test.each<[string, string[]]>([
    ['/changes?limit=0', ['limit']],
    ['/changes?limit=501', ['limit']],
    ['/changes?limit=1e2', ['limit']],
    ['/changes?since=yesterday&until=2024-02-30&type=&foo=1', ['type', 'since', 'until', 'foo']],
    ['/changes?since=2024-01-01&since=2024-02-01', ['since']],
    ['/changes?technicalUpgrades=yes', ['technicalUpgrades']],
    ['/changes?cursor=abc', ['cursor']],
    ['/changes?since=2025-01-02&until=2025-01-01', ['since']],
    ['/search?q=a&since=2025-01-02&until=2025-01-01', ['since']],
    ['/collections/harbour/versions?since=2025-01-02&until=2025-01-01', ['since']],
    [`${TERMS}/checks?since=2025-01-02&until=2025-01-01`, ['since']],
    ['/changes?format=csv&limit=100', ['limit']],
    ['/changes?format=jsonl&limit=5&cursor=W10', ['cursor', 'limit']],
    ['/search?q=larkmail&format=csv&limit=20&offset=0', ['limit', 'offset']],
    ['/services?format=csv&limit=20&cursor=W10', ['cursor', 'limit']],
    ['/changes?service[]=a', ['service[]']],
    ['/services?cursor=W10', ['cursor']],
    ['/search?q=', ['q']],
    ['/search', ['q']],
    ['/search?q=a&limit=101&offset=-1', ['limit', 'offset']],
    [`${TERMS}/version?date=2099-01-01`, ['date']],
    [`${TERMS}/version?date=soon&format=html`, ['date', 'format']],
    [`${TERMS}/checks?outcome=good`, ['outcome']],
  ])('%s', async (path, parameters) => {
    const response = await api.get(path);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; faults: { parameter: string }[] } };
    expect(error.code).toBe('invalid-request');
    expect(error.faults.map(({ parameter }) => parameter).sort()).toEqual(parameters.toSorted());
    expect(JSON.stringify(error)).not.toMatch(/zod|invalid_type|undefined/i);
  });

  test.each([
    ['/search?q=', '“q” is empty: say what to find.'],
    [`${TERMS}/passages?text=`, '“text” is empty: give the passage.'],
    ['/changes?limit=x', '“limit” has to be a whole number from 1 to 500.'],
    ['/changes?format=xml', '“format” has to be one of json, csv, jsonl.'],
    ['/changes?since=2025-01-02&until=2025-01-01', '“since” is after “until”; nothing is in between.'],
    ['/changes?format=csv&limit=5', '“limit” is for json alone: csv and jsonl hold all that match.'],
  ])('%s: %s', async (path, message) =>
    expect(await (await api.get(path)).json()).toMatchObject({ error: { message } }),
  );

  test('a time of no length is no fault', async () =>
    expect(await api.json('/changes?since=2025-01-01&until=2025-01-01')).toMatchObject({ data: [] }));

  test('only GET is answered', async () => {
    const response = await api.app.request('http://localhost/base/api/changes', { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(await response.json()).toMatchObject({ error: { code: 'method-not-allowed' } });
  });
});

describe('validators', () => {
  test.each(['/collections', '/changes', `${TERMS}/version`, '/domains', '/docs', '/openapi.json'])(
    '%s',
    async (path) => {
      const first = await api.get(path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{27}"$/);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await api.get(path, { 'If-None-Match': known });
        expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
      }
      expect((await api.get(path, { 'If-None-Match': '"other"' })).status).toBe(200);
    },
  );

  test('a version by id may be kept for ever, and is compared by date too', async () => {
    const [id] = versionIds('Larkmail');
    const response = await api.get(`/collections/harbour/versions/${id}`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const lastModified = response.headers.get('last-modified') ?? '';
    expect(lastModified).toBe('Wed, 10 Jan 2024 08:00:00 GMT');
    const again = await api.get(`/collections/harbour/versions/${id}`, { 'If-Modified-Since': lastModified });
    expect(again.status).toBe(304);
    const older = await api.get(`/collections/harbour/versions/${id}`, {
      'If-Modified-Since': 'Tue, 09 Jan 2024 08:00:00 GMT',
    });
    expect(older.status).toBe(200);
  });

  test('what is not counted yet is kept a minute, and not compared by date', async () => {
    const [before, , after] = versionIds('Larkmail');
    const redline = `/collections/harbour/redlines/${before}/${after}`;
    expect((await api.get(redline)).headers.get('cache-control')).toBe('public, max-age=86400');
    const early = apiOfTest(uncounted(served), queries);
    for (const path of [redline, `/collections/harbour/versions/${before}`]) {
      const response = await early.get(path);
      expect(response.headers.get('cache-control')).toBe('public, max-age=60');
      expect(response.headers.get('last-modified')).toBeNull();
    }
    const text = await early.get(`/collections/harbour/versions/${before}?format=markdown`);
    expect(text.headers.get('cache-control')).toContain('immutable');
  });

  test('what changes with new records is kept a minute', async () => {
    expect((await api.get('/changes')).headers.get('cache-control')).toBe('public, max-age=60');
    const latest = await api.get(`${TERMS}/version`, { 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' });
    expect(latest.status).toBe(200);
  });

  test('HEAD has the headers of GET', async () => {
    const response = await api.app.request('http://localhost/base/api/changes', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe((await api.get('/changes')).headers.get('etag'));
    expect(await response.text()).toBe('');
  });
});

test('lines of CSV', () => {
  expect(toCsvLine(['a', 1, true, null, 'b,c', 'say "x"', 'two\nlines'])).toBe(
    'a,1,true,,"b,c","say ""x""","two\nlines"\r\n',
  );
  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u00a0=1']) {
    expect(toCsvLine([formula]).replace(/^"/, '')).toMatch(/^'/);
  }
  expect(toCsvLine(['a=1', '1-2', -3])).toBe('a=1,1-2,-3\r\n');
});
