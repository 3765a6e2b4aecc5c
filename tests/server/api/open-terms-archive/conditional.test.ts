import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uncounted } from '../../../helpers/uncounted.ts';
import { appOfTest } from '../../http/app-of-test.ts';
import { type Apis, apisOfTest, askThrough, TRANSPORTS } from './apis-of-test.ts';

const T = 'Terms%20of%20Service';
const API = '/harbour/api/v1';

let apis: Apis;
/** Ids of versions whose text was read. */
const read: string[] = [];
beforeAll(async () => {
  apis = await apisOfTest();
  const harbour = apis.collection('harbour');
  const { content } = harbour;
  Object.assign(harbour, {
    content: (version: Parameters<typeof content>[0]) => {
      read.push(version.id);
      return content.call(harbour, version);
    },
  });
});
afterAll(() => apis.close());

const id = (place: number): string => apis.versions('harbour')[place]?.id ?? '';

describe.each(TRANSPORTS)('through %s', (_, open) => {
  const ask = askThrough(open, () => apis.app);

  test.each([
    ['/services'],
    ['/service/Larkmail'],
    ['/metadata'],
    ['/versions'],
    ['/docs'],
    ['/feed'],
    [`/version/Larkmail/${T}/latest`],
    [`/version/Larkmail/${T}/2024-03-01`],
    ['/tracking-results'],
  ])('%s is not sent again to who has it', async (path) => {
    const headers = { accept: 'application/json' };
    const first = await ask(API + path, { headers });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^(?:W\/)?"[^"]+"$/);
    for (const known of [etag, `"x", ${etag}`, `W/${etag.replace(/^W\//, '')}`, '*']) {
      const again = await ask(API + path, { headers: { ...headers, 'if-none-match': known } });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
    }
    const other = await ask(API + path, { headers: { ...headers, 'if-none-match': '"x"' } });
    expect(other.status).toBe(200);
  });

  test('a conditional request for a version is answered without reading its text', async () => {
    // Ferry & Sons: nobody else asks for it here.
    const path = `${API}/version/Ferry%20%26%20Sons!/${T}/latest`;
    const etag = (await ask(path)).headers.get('etag') ?? '';
    read.length = 0;
    expect((await ask(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect(read).toEqual([]);
  });

  test('entity tags of versions are strong, name the blob, and tell versions of one date apart', async () => {
    const [change, upgrade] = await Promise.all([3, 4].map((place) => ask(`${API}/version/${id(place)}`)));
    const blobs = apis.versions('harbour').map(({ blob }) => blob);
    expect(change?.headers.get('etag')).toMatch(new RegExp(`^"${blobs[3]}-`));
    expect(upgrade?.headers.get('etag')).toMatch(new RegExp(`^"${blobs[4]}-`));
    expect(upgrade?.headers.get('last-modified')).toBe(change?.headers.get('last-modified'));
    // A date alone does not tell which of the two a reader has.
    const since = change?.headers.get('last-modified') ?? '';
    const latest = await ask(`${API}/version/Larkmail/${T}/2024-06-02`, { headers: { 'if-modified-since': since } });
    expect(latest.status).toBe(200);
  });

  test('a version by its id may be kept, longer where it has a successor', async () => {
    const [old, latest] = await Promise.all([0, 6].map((place) => ask(`${API}/version/${id(place)}`)));
    // Its links to later versions change: never immutable.
    expect(old?.headers.get('cache-control')).toBe('public, max-age=86400');
    expect(latest?.headers.get('cache-control')).toBe('public, max-age=60');
    const short = await ask(`${API}/version/${id(0).slice(0, 12)}`);
    expect(short.headers.get('cache-control')).toBe('public, max-age=10');
    expect(old?.headers.get('last-modified')).toBe('Wed, 10 Jan 2024 08:00:00 GMT');
  });

  test('feeds answer by date too', async () => {
    const sent = await ask(`${API}/feed`);
    const modified = sent.headers.get('last-modified') ?? '';
    expect(modified).toBe('Mon, 03 Feb 2025 08:00:00 GMT');
    const status = async (headers: Record<string, string>) => (await ask(`${API}/feed`, { headers })).status;
    expect(await status({ 'if-modified-since': modified })).toBe(304);
    // When the reader asked says nothing: records come later than their date.
    expect(await status({ 'if-modified-since': 'Tue, 04 Feb 2025 08:00:00 GMT' })).toBe(200);
    expect(await status({ 'if-modified-since': 'Mon, 03 Feb 2025 07:59:59 GMT' })).toBe(200);
    expect(await status({ 'if-modified-since': 'yesterday' })).toBe(200);
    // The tag decides where there are both.
    expect(await status({ 'if-modified-since': modified, 'if-none-match': '"x"' })).toBe(200);
  });
});

test('a new version changes the answers: latest, links of the one before, feed', async () => {
  const own = await apisOfTest();
  try {
    const last = own.versions('harbour').at(-1);
    const paths = [`/version/${last?.id}`, `/version/Larkmail/${T}/latest`, '/versions', '/feed'];
    const states = () =>
      Promise.all(paths.map(async (path) => (await own.app.request(API + path)).headers.get('etag') ?? ''));
    const before = await states();
    const [added] = await own.served.record('harbour', [
      {
        serviceId: 'Larkmail',
        termsType: 'Terms of Service',
        date: '2025-04-01T00:00:00Z',
        content: 'Terms\n=====\n\nYou may use Larkmail for twenty euros a year.',
      },
    ]);
    const after = await states();
    expect(after.map((etag, place) => etag === before[place])).toEqual([false, false, false, false]);
    const answer = await own.app.request(`${API}/version/${last?.id}`, {
      headers: { 'if-none-match': before[0] ?? '' },
    });
    expect(await answer.json()).toMatchObject({ links: { next: added, last: added } });
  } finally {
    await own.close();
  }
});

test('a date is no answer where an older record came in since', async () => {
  const own = await apisOfTest();
  try {
    const path = `${API}/feed/Larkmail`;
    const modified = (await own.app.request(path)).headers.get('last-modified') ?? '';
    const status = async () => (await own.app.request(path, { headers: { 'if-modified-since': modified } })).status;
    expect(await status()).toBe(304);
    const record = (date: string, content: string) =>
      own.served.record('harbour', [{ serviceId: 'Larkmail', termsType: 'Terms of Service', date, content }]);
    await record('2020-01-01T00:00:00Z', 'Imported.');
    const after = await own.app.request(path);
    expect(after.headers.get('last-modified')).toBe(modified);
    expect(await status()).toBe(200);
    // Of the same second as the newest: who knows of that date may know of one of them.
    await record('2025-02-03T08:00:00Z', 'At the same time.');
    expect(await status()).toBe(200);
  } finally {
    await own.close();
  }
});

test('a version whose lines are not counted yet is kept for seconds', async () => {
  const served = uncounted(apis.served);
  const { app } = appOfTest({ collections: served });
  const response = await app.request(`${API}/version/${id(0)}`);
  expect(await response.json()).toMatchObject({ id: id(0), additions: null });
  expect(response.headers.get('cache-control')).toBe('public, max-age=10');
});
