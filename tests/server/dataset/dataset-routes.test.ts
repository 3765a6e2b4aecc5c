import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DatasetFacts } from '../../../archive/dataset/dataset-facts.ts';
import { createDatasetRoutes } from '../../../server/dataset/dataset-routes.ts';
import { listen } from '../../../server/http/listen.ts';
import { datasetsOfTest } from '../../helpers/dataset.ts';

const RELEASED = '2024-03-01T12:30:45.678Z';

const NONE = 'no dataset';

/** Over a socket, as the server serves it. */
async function serve(text = 'Some text.') {
  const datasets = await datasetsOfTest();
  const facts = text === NONE ? undefined : await datasets.make(RELEASED, text);
  const publicUrl = () => 'https://watch.example/terms';
  const routes = createDatasetRoutes({ id: 'harbour', dataDirectory: datasets.dataDirectory }, { publicUrl });
  const server = await listen(new Hono().route('/v1', routes), { host: '127.0.0.1', port: 0, trustedProxies: [] });
  onTestFinished(() => server.close(0));
  const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}/v1/dataset/latest${path}`, { headers, ...init });
  return { ...datasets, ask, facts: facts as DatasetFacts, zips: join(datasets.dataDirectory, 'datasets') };
}

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

test('before one has been made', async () => {
  const { ask } = await serve(NONE);
  for (const path of ['', '/download']) {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: 'No dataset has been generated yet' });
  }
});

test('its facts, with where it is', async () => {
  const { ask, facts } = await serve();
  const answer = await ask('');
  expect(answer.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  expect(await answer.json()).toEqual({
    filename: 'harbour-2024-03-01.zip',
    title: 'Harbour',
    license: 'NOASSERTION',
    releaseDate: '2024-03-01T12:30:45Z',
    firstVersionDate: '2020-09-13T12:26:40Z',
    lastVersionDate: '2020-09-13T12:26:40Z',
    servicesCount: 1,
    termsCount: 1,
    versionsCount: 1,
    size: facts.size,
    sha256: facts.sha256,
    downloadURL: 'https://watch.example/terms/harbour/api/v1/dataset/latest/download',
  });
});

test('the file, with what it is known by', async () => {
  const { ask, facts } = await serve();
  const answer = await ask('/download');
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': 'attachment; filename="harbour-2024-03-01.zip"',
    'content-length': String(facts.size),
    'accept-ranges': 'bytes',
    etag: `"${facts.sha256}"`,
    'last-modified': 'Fri, 01 Mar 2024 12:30:45 GMT',
  });
  expect(
    createHash('sha256')
      .update(await bytesOf(answer))
      .digest('hex'),
  ).toBe(facts.sha256);
});

test('HEAD: the same without the file, a range or not', async () => {
  const { ask, facts } = await serve();
  for (const headers of [{}, { Range: 'bytes=0-3' }] as const) {
    const answer = await ask('/download', headers, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Length')).toBe(String(facts.size));
    expect(answer.headers.get('ETag')).toBe(`"${facts.sha256}"`);
    expect((await bytesOf(answer)).length).toBe(0);
  }
});

describe('ranges', () => {
  test.each([
    { range: 'bytes=0-9', from: 0, to: 10 },
    { range: 'bytes=100-', from: 100, to: undefined },
    { range: 'bytes=-20', from: -20, to: undefined },
    { range: 'bytes=50-99999999', from: 50, to: undefined },
    { range: 'bytes=0-4,5-9', from: 0, to: 10 },
  ])('$range', async ({ range, from, to }) => {
    const { ask, facts, zips } = await serve();
    const expected = readFileSync(join(zips, facts.filename)).subarray(from, to);
    const answer = await ask('/download', { Range: range });
    expect(answer.status).toBe(206);
    const start = from < 0 ? facts.size + from : from;
    expect(answer.headers.get('Content-Range')).toBe(`bytes ${start}-${start + expected.length - 1}/${facts.size}`);
    expect(answer.headers.get('Content-Length')).toBe(String(expected.length));
    expect((await bytesOf(answer)).equals(expected)).toBe(true);
  });

  test.each(['bytes=0-1,50-60', 'lines=1-2', 'bytes=x-y', 'nonsense', 'bytes=5-2'])(
    '%s is answered by the whole, or refused where none of it can be had',
    async (range) => {
      const { ask, facts } = await serve();
      const answer = await ask('/download', { Range: range });
      const isRefused = range === 'bytes=5-2';
      expect(answer.status).toBe(isRefused ? 416 : 200);
      if (!isRefused) expect((await bytesOf(answer)).length).toBe(facts.size);
    },
  );

  test('outside of the file', async () => {
    const { ask, facts } = await serve();
    const answer = await ask('/download', { Range: 'bytes=99999999-' });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('Content-Range')).toBe(`bytes */${facts.size}`);
    expect(await answer.json()).toEqual({ error: 'Range Not Satisfiable' });
  });

  test('a download is taken up again only where it is the same file', async () => {
    const { ask, facts } = await serve();
    const status = async (ifRange: string): Promise<number> => {
      const answer = await ask('/download', { Range: 'bytes=10-19', 'If-Range': ifRange });
      await answer.arrayBuffer();
      return answer.status;
    };
    expect(await status(`"${facts.sha256}"`)).toBe(206);
    expect(await status('Fri, 01 Mar 2024 12:30:45 GMT')).toBe(206);
    expect(await status(`W/"${facts.sha256}"`)).toBe(200);
    expect(await status('"another"')).toBe(200);
    expect(await status('Fri, 01 Mar 2024 12:30:44 GMT')).toBe(200);
  });
});

describe('conditions', () => {
  const now = 'Fri, 01 Mar 2024 12:30:45 GMT';
  const earlier = 'Fri, 01 Mar 2024 12:30:44 GMT';
  const later = 'Fri, 01 Mar 2024 13:00:00 GMT';
  test.each<[string, (etag: string) => Record<string, string>, number]>([
    ['the file that the client has', (etag) => ({ 'If-None-Match': etag }), 304],
    ['the same, called weak by a proxy, among others', (etag) => ({ 'If-None-Match': `"x", W/${etag}` }), 304],
    ['any file', () => ({ 'If-None-Match': '*' }), 304],
    ['another file', () => ({ 'If-None-Match': '"x"' }), 200],
    ['the date of the file', () => ({ 'If-Modified-Since': now }), 304],
    ['a later date', () => ({ 'If-Modified-Since': later }), 304],
    ['an earlier date', () => ({ 'If-Modified-Since': earlier }), 200],
    ['no date', () => ({ 'If-Modified-Since': 'yesterday' }), 200],
    ['an ETag counts more than a date', () => ({ 'If-None-Match': '"x"', 'If-Modified-Since': now }), 200],
    ['it has to be this one, and is', (etag) => ({ 'If-Match': etag }), 200],
    ['it has to be this one, and is not', () => ({ 'If-Match': '"x"' }), 412],
    ['it has to be this one, by a weak ETag', (etag) => ({ 'If-Match': `W/${etag}` }), 412],
    ['it must not be newer, and is not', () => ({ 'If-Unmodified-Since': now }), 200],
    ['it must not be newer, and is', () => ({ 'If-Unmodified-Since': earlier }), 412],
  ])('%s', async (_, headers, status) => {
    const { ask, facts } = await serve();
    const answer = await ask('/download', headers(`"${facts.sha256}"`));
    expect(answer.status).toBe(status);
    const body = await bytesOf(answer);
    if (status === 304) {
      expect(body.length).toBe(0);
      expect(answer.headers.get('ETag')).toBe(`"${facts.sha256}"`);
    }
    if (status === 412) {
      expect(JSON.parse(body.toString())).toEqual({ error: 'Precondition Failed' });
      expect(answer.headers.get('ETag')).toBeNull();
    }
  });
});

/** Zips that this process holds open, also removed ones. */
const openZips = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return /harbour-[\d-]+\.zip/.test(target) ? [target] : [];
    } catch {
      return [];
    }
  });

describe('while it is replaced', () => {
  test('a download that has begun gets the whole of the former file; the next one gets the new', async () => {
    // More than sockets and streams take in at once, so that most of it is still in the file.
    const { ask, facts, make, zips } = await serve(randomBytes(9_000_000).toString('base64'));
    expect(facts.size).toBeGreaterThan(8_000_000);
    const begun = await ask('/download');
    const newer = await make('2024-03-02T00:00:00Z', 'new');
    const sameDay = await make('2024-03-02T06:00:00Z', 'newer');
    expect(readdirSync(zips).sort()).toEqual(['harbour-2024-03-02.json', 'harbour-2024-03-02.zip']);
    expect(
      createHash('sha256')
        .update(await bytesOf(begun))
        .digest('hex'),
    ).toBe(facts.sha256);
    const next = await ask('/download');
    expect(next.headers.get('ETag')).toBe(`"${sameDay.sha256}"`);
    expect(sameDay.sha256).not.toBe(newer.sha256);
    expect(
      createHash('sha256')
        .update(await bytesOf(next))
        .digest('hex'),
    ).toBe(sameDay.sha256);
  });

  test('asked all the time, it is always one of the datasets and its own facts', async () => {
    const { ask, facts, make } = await serve();
    const made = new Set([facts.sha256]);
    let isDone = false;
    let asked = 0;
    const asking = (async () => {
      while (!isDone) {
        const answer = await ask('/download');
        expect(answer.status).toBe(200);
        const digest = createHash('sha256')
          .update(await bytesOf(answer))
          .digest('hex');
        expect(answer.headers.get('ETag')).toBe(`"${digest}"`);
        asked++;
      }
    })();
    for (let count = 0; count < 12; count++) made.add((await make(RELEASED, `text ${count}`)).sha256);
    isDone = true;
    await asking;
    expect(asked).toBeGreaterThan(5);
    expect(made.size).toBe(13);
  });

  test.skipIf(process.platform !== 'linux')('no file stays open (looks into /proc)', async () => {
    const { ask, facts } = await serve(randomBytes(9_000_000).toString('base64'));
    await bytesOf(await ask('/download'));
    await ask('/download', {}, { method: 'HEAD' });
    await bytesOf(await ask('/download', { 'If-None-Match': `"${facts.sha256}"` }));
    await bytesOf(await ask('/download', { Range: 'bytes=99999999-' }));
    await bytesOf(await ask(''));
    const stop = new AbortController();
    const left = await ask('/download', {}, { signal: stop.signal });
    expect(left.status).toBe(200);
    expect(openZips()).toHaveLength(1);
    stop.abort();
    for (let tries = 0; openZips().length > 0 && tries < 1_000; tries++) await delay(20);
    expect(openZips()).toEqual([]);
  });
});
