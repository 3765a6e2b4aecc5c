import { describe, expect, test } from 'vitest';
import { appOfTest } from '../http/app-of-test.ts';

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
