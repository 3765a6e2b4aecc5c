import { describe, expect, test } from 'vitest';
import { servedOfTest } from '../../helpers/served.ts';
import { appOfTest, listenInTest, NO_QUERIES } from '../http/app-of-test.ts';

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Accept-Language': 'es' };
const long = `/de/search?q=${encodeURIComponent('改'.repeat(5_000))}`;

describe('what is not read further', () => {
  test.each([
    [long, 414, 'Diese Adresse ist zu lang'],
    [`/nothing/${'a'.repeat(8_001)}`, 414, 'Esta dirección es demasiado larga'],
    ['/fr/search?q=%00', 400, 'Cette demande ne peut pas être lue'],
    ['/en/search?q=%zz', 400, 'This request cannot be read'],
  ])('%.40s is refused with a page for people', async (path, status, words) => {
    const answer = await appOfTest().app.request(path, { headers: BROWSER });
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=UTF-8']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(text).toContain(`<h1>${words}</h1>`);
    expect(text).toMatch(/<a href="\/(?:de|en|es|fr)\/search">/);
    expect(text).not.toMatch(/%00|%zz|%E6|aaaa|\0/);
  });

  test.each([
    ['/api/search?q=%00', 'application/json'],
    [`/api/changes?service=${'a'.repeat(8_001)}`, 'application/json'],
  ])('%.40s is told to programs as before', async (path, type) => {
    const answer = await appOfTest().app.request(path, { headers: { Accept: 'application/json' } });
    expect(answer.headers.get('content-type')).toContain(type);
  });
});

test.each(['改', 'Я', '😀'.slice(0, 2)])('a passage of 4,000 characters like %s is searched for', async (character) => {
  const passage = character.repeat(4_000 / character.length);
  const path = `/en/search?match=passage&q=${encodeURIComponent(passage)}`;
  const answer = await appOfTest().app.request(path, { headers: BROWSER });
  expect(answer.status).not.toBe(414);
  expect(await answer.text()).not.toContain('This address is too long');
});

describe('what is answered later', () => {
  const people = { Accept: 'text/html', 'Accept-Language': 'fr' };

  test('who asks too much is told so on a page, with how long to wait', async () => {
    const { app } = appOfTest({ settings: { rateLimit: 2, trustedProxies: ['loopback'] } });
    const { origin } = await listenInTest(app, { trustedProxies: ['loopback'] });
    const ask = (path: string, headers: Record<string, string>) =>
      fetch(origin + path, { headers: { ...headers, 'X-Forwarded-For': '203.0.113.9' } });
    await ask('/de/about', people);
    await ask('/de/about', people);
    const answer = await ask('/de/about', people);
    const text = await answer.text();
    const seconds = Number(answer.headers.get('retry-after'));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([429, 'text/html; charset=UTF-8']);
    expect(seconds).toBeGreaterThan(0);
    expect(answer.headers.get('ratelimit')).toContain('r=0');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('<h1>Von Ihrer Adresse kamen zu viele Anfragen</h1>');
    expect(text).toMatch(new RegExp(`In (?:${seconds}) Sekunden? kann wieder gefragt werden`));
    const program = await ask('/api/collections', { Accept: 'application/json' });
    expect([program.status, await program.json()]).toEqual([429, { error: expect.objectContaining({ code: 'busy' }) }]);
    const plain = await ask('/de/about', { Accept: 'text/plain' });
    expect(await plain.text()).toMatch(/^Too many requests/);
  });

  test('what takes too long is given up on a page', async () => {
    const { app, lines } = appOfTest({
      collections: await servedOfTest(),
      queries: { ...NO_QUERIES, search: () => new Promise(() => {}) },
      settings: { requestTimeout: 50 },
    });
    const page = await app.request('/es/search?q=larkmail', { headers: people });
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await page.text()).toContain('<p class="notice">Se puede volver a pedir dentro de 10 segundos.</p>');
    const program = await app.request('/api/search?q=larkmail', { headers: { Accept: 'application/json' } });
    expect([program.status, await program.json()]).toEqual([
      503,
      { error: { code: 'too-expensive', message: 'This took too long and was given up.' } },
    ]);
    expect(lines.filter(({ level }) => level === 40)).toHaveLength(2);
  });
});
