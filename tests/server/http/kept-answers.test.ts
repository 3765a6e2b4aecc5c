import { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answerAgain } from '../../../server/http/answer-again.ts';
import { createClientOf } from '../../../server/http/client.ts';
import { compression } from '../../../server/http/compression.ts';
import { createKeptAnswers } from '../../../server/http/kept-answers.ts';
import { listen } from '../../../server/http/listen.ts';
import { createBudget } from '../../../server/http/rate-limit.ts';
import { servedOfTest } from '../../helpers/served.ts';
import { appOfTest, listenInTest } from './app-of-test.ts';

const TEXT = 'These are the terms. '.repeat(200);

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** As it stands on the wire: nothing is decompressed. */
async function ask(address: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(address, { headers, method, agent: false }, resolve).on('error', reject).end();
  });
  const { date, ...others } = response.headers;
  expect(date).toBeDefined();
  return { status: response.statusCode, headers: others, body: (await buffer(response)).toString('latin1') };
}

/** A server with one answer that stands while `stands` says so, and how often it was made. */
async function serverOfTest(stands: () => boolean, size = TEXT.length) {
  const clientOf = createClientOf([]);
  const kept = createKeptAnswers(clientOf);
  const counts = { made: 0, observed: 0, noted: 0 };
  const app = new Hono()
    .use(async (c, next) => {
      c.set('requestKind', 'site');
      await next();
      kept.keep(c);
    })
    .use(compression())
    .get('/terms', (c) => {
      counts.made++;
      const bytes = Buffer.from(TEXT.padEnd(size));
      const headers = { 'Content-Type': 'text/plain', ETag: '"one"' };
      c.set('standing', { bytes, headers, stands });
      return c.body(bytes, 200, headers);
    })
    .get('/other', (c) => {
      counts.made++;
      return c.text(TEXT);
    });
  const again = answerAgain({
    kept,
    budget: createBudget(0, clientOf),
    metrics: { observe: () => void counts.observed++ },
    note: () => void counts.noted++,
    route: (c) => app.fetch(c.req.raw, c.env),
  });
  const server = await listen(new Hono().all('*', again), { host: '127.0.0.1', port: 0, trustedProxies: [] });
  onTestFinished(() => server.close(100));
  return { counts, origin: `http://127.0.0.1:${server.port}` };
}

describe('an answer that stands', () => {
  test.each([undefined, 'identity', 'gzip', 'br, gzip;q=0.5', 'zstd'])('is made once for %s', async (encoding) => {
    const { counts, origin } = await serverOfTest(() => true);
    const headers = encoding === undefined ? {} : { 'accept-encoding': encoding };
    const first = await ask(`${origin}/terms`, headers);
    expect(first.status).toBe(200);
    expect(await ask(`${origin}/terms`, headers)).toEqual(first);
    expect(counts).toEqual({ made: 1, observed: 1, noted: 1 });
  });

  test('is not given to who accepts another compression, or asks another address', async () => {
    const { counts, origin } = await serverOfTest(() => true);
    const plain = await ask(`${origin}/terms`);
    const packed = await ask(`${origin}/terms`, { 'accept-encoding': 'gzip' });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
    expect([plain.headers.etag, packed.headers.etag]).toEqual(['"one"', 'W/"one"']);
    await ask(`${origin}/terms?other`);
    expect(counts.made).toBe(3);
    expect(await ask(`${origin}/terms`, { 'accept-encoding': 'gzip;q=0' })).toEqual(plain);
  });

  test.each<[string, OutgoingHttpHeaders, string?]>([
    ['knows some state', { 'If-None-Match': '"two"' }],
    ['knows some date', { 'If-Modified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT' }],
    ['wants a part', { Range: 'bytes=0-10' }],
    ['sends a body', { 'Content-Length': '0' }],
    ['comes through an unknown proxy', { 'X-Forwarded-For': '203.0.113.1' }],
    ['wants the head alone', {}, 'HEAD'],
    ['sends more fields than anybody needs', Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x-${i}`, 'x']))],
  ])('is made for a reader who %s', async (_who, headers, method) => {
    const { counts, origin } = await serverOfTest(() => true);
    await ask(`${origin}/terms`);
    await ask(`${origin}/terms`, headers, method);
    expect(counts.made).toBe(2);
    await ask(`${origin}/terms`);
    expect(counts.made).toBe(2);
  });

  test('is made anew once it does not stand, or nobody can say whether it does', async () => {
    let stands = (): boolean => true;
    const { counts, origin } = await serverOfTest(() => stands());
    await ask(`${origin}/terms`);
    stands = () => false;
    await ask(`${origin}/terms`);
    await ask(`${origin}/terms`);
    expect(counts.made).toBe(3);
    stands = () => {
      throw new Error('The index cannot be read.');
    };
    expect((await ask(`${origin}/terms`)).status).toBe(200);
    expect(counts.made).toBe(4);
  });

  test('is not kept where it is very large', async () => {
    const { counts, origin } = await serverOfTest(() => true, 1_100_000);
    await ask(`${origin}/terms`);
    await ask(`${origin}/terms`);
    expect(counts.made).toBe(2);
  });
});

test('what no route called standing is made each time', async () => {
  const { counts, origin } = await serverOfTest(() => true);
  await ask(`${origin}/other`);
  await ask(`${origin}/other`);
  expect(counts.made).toBe(2);
});

describe('versions of a collection', () => {
  const latest = '/harbour/api/v1/version/Larkmail/Terms%20of%20Service/latest';

  test('a new record is answered at once, and at every date', async () => {
    const served = await servedOfTest();
    const { origin } = await listenInTest(appOfTest({ collections: served }).app);
    const atDate = latest.replace('latest', '2025-04-01');
    const version = async (path: string): Promise<string> => JSON.parse((await ask(`${origin}${path}`)).body).id;
    const before = await version(latest);
    expect(await version(latest)).toBe(before);
    await version(atDate);
    const list = '/harbour/api/v1/versions/Larkmail/Terms%20of%20Service';
    const { count: counted } = JSON.parse((await ask(`${origin}${list}`)).body);
    const [id] = await served.record('harbour', [
      {
        serviceId: 'Larkmail',
        termsType: 'Terms of Service',
        content: '# Other terms\n',
        date: '2025-03-01T10:00:00Z',
      },
    ]);
    expect(id).not.toBe(before);
    expect([await version(latest), await version(atDate)]).toEqual([id, id]);
    expect(JSON.parse((await ask(`${origin}${list}`)).body)).toMatchObject({
      count: counted + 1,
      data: { length: counted + 1 },
    });
  });

  test('answers are limited, counted and noted as the first was', async () => {
    const served = await servedOfTest();
    const { app, lines } = appOfTest({ collections: served, settings: { rateLimit: 3 } });
    const { origin } = await listenInTest(app);
    const answers: Answer[] = [];
    for (let time = 0; time < 4; time++) answers.push(await ask(`${origin}${latest}`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const left = answers.map(({ headers }) => /r=(\d+)/.exec(String(headers.ratelimit))?.[1]);
    expect(left).toEqual(['2', '1', '0', '0']);
    const [first, second] = answers.map(({ headers: { ratelimit: _left, ...others }, body }) => ({ others, body }));
    expect(second).toEqual(first);
    const noted = lines.filter(({ msg }) => msg === 'request');
    expect(noted.map(({ path, status }) => [path, status])).toEqual(
      [200, 200, 200, 429].map((status) => [decodeURIComponent(latest), status]),
    );
    const { body } = await ask(`${origin}/metrics`);
    expect(body).toContain('http_request_duration_seconds_count{kind="collection-api",status="2xx"} 3');
  });
});
