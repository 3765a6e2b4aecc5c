import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, test } from 'vitest';
import { IndexUnavailableError, QuerySyntaxError } from '../../../archive/index/index-error.ts';
import { createErrorHandler, notFound } from '../../../server/http/errors.ts';
import { requestKind } from '../../../server/http/request-kind.ts';
import { timeBudget } from '../../../server/http/time-budget.ts';
import { withoutPaths } from '../../../server/http/without-paths.ts';
import { appOfTest, logOfTest } from './app-of-test.ts';

/** An app whose routes throw. */
function throwing(errors: Readonly<Record<string, unknown>>) {
  const { log, lines } = logOfTest();
  const app = new Hono();
  app.onError(createErrorHandler(log));
  app.notFound(notFound);
  app.use(async (c, next) => {
    c.set('requestKind', requestKind(c.req.path));
    await next();
  });
  for (const [path, error] of Object.entries(errors)) {
    app.get(path, () => {
      throw error;
    });
  }
  return { app, lines };
}

describe('what went wrong is told without internals', () => {
  const secret = new Error('SQLITE_CORRUPT in /srv/secret/index.sqlite', { cause: new Error('the disk says no') });

  test('500: nothing of it is told, all of it is noted', async () => {
    const { app, lines } = throwing({ '/v1/x': secret });
    const answer = await app.request('/v1/x');
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({ error: 'Something went wrong on this server. It has been noted there.' });
    expect(text).not.toMatch(/SQLITE|secret|\.ts/);
    expect(lines).toEqual([expect.objectContaining({ level: 50, method: 'GET', path: '/v1/x' })]);
    expect(JSON.stringify(lines)).toContain('SQLITE_CORRUPT');
    expect(JSON.stringify(lines)).toContain('the disk says no');
  });

  test.each<[string, unknown, number, string | null]>([
    ['an index that cannot be read', new IndexUnavailableError('No /srv/10.0.0.1/index.sqlite.'), 503, '5'],
    ['a query that cannot be read', new QuerySyntaxError('A quote is not closed.'), 400, null],
    ['a refusal', new HTTPException(422, { message: 'Too many words.' }), 422, null],
    ['a refusal without words', new HTTPException(418), 418, null],
    ['a fault that calls itself one', new HTTPException(502, { message: 'upstream at 10.0.0.1' }), 500, null],
  ])('%s', async (_name, error, status, retryAfter) => {
    const answer = await throwing({ '/x': error }).app.request('/x');
    expect(answer.status).toBe(status);
    expect(answer.headers.get('retry-after')).toBe(retryAfter);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { error: message } = (await answer.json()) as { error: string };
    expect(message.length).toBeGreaterThan(5);
    expect(message).not.toContain('10.0.0.1');
  });

  test('an answer that a router made for its refusal is kept', async () => {
    const own = new HTTPException(409, { res: new Response('own words', { status: 409 }) });
    const answer = await throwing({ '/x': own }).app.request('/x');
    expect([answer.status, await answer.text()]).toEqual([409, 'own words']);
  });
});

test.each([
  ['The index /srv/data of us/index.sqlite is damaged.', 'The index data of us/index.sqlite is damaged.'],
  [
    'The index /srv/data/index.sqlite could not be read: it is made anew.',
    'The index index.sqlite could not be read: it is made anew.',
  ],
  ['See https://watch.example/docs/help and a/b.', 'See https://watch.example/docs/help and a/b.'],
  ['1/2 of it', '1/2 of it'],
])('paths are not told: %s', (message, told) => expect(withoutPaths(message)).toBe(told));

test('no answer in time is 503, and when to ask again', async () => {
  const { log, lines } = logOfTest();
  const app = new Hono();
  app.onError(createErrorHandler(log));
  app.get('/slow', timeBudget(30), async (c) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return c.text('late');
  });
  app.get('/fast', timeBudget(5000), (c) => c.text('in time'));
  const late = await app.request('/slow');
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '10']);
  expect(lines).toEqual([expect.objectContaining({ msg: 'No answer within 30 ms.', path: '/slow' })]);
  expect(await (await app.request('/fast')).text()).toBe('in time');
});

describe('unknown addresses', () => {
  test.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'html'],
    ['text/plain', 'plain'],
    ['application/json, text/html;q=0.5', 'json'],
  ])('Accept %s: %s', async (accept, form) => {
    const { app } = appOfTest();
    const answer = await app.request('/nothing', { headers: accept === undefined ? {} : { Accept: accept } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(
      new RegExp(`^${form === 'json' ? 'application' : 'text'}/${form}`),
    );
    expect(await answer.text()).toContain('There is nothing at this address');
  });

  test.each([
    ['GET', '/api/%00', 400, 'invalid-request'],
    ['POST', '/api/changes', 405, 'method-not-allowed'],
  ])('%s %s: refusals of our own API have its shape', async (method, path, status, code) => {
    const answer = await appOfTest().app.request(path, { method });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: { code, message: expect.any(String) } });
  });
});
