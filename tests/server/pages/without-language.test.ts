import { expect, test } from 'vitest';
import { createPages } from '../../../server/pages/pages.ts';
import { isPageWithoutLanguage } from '../../../server/pages/without-language.ts';
import { servedOfTest } from '../../helpers/served.ts';
import { appOfTest, logOfTest, NO_QUERIES } from '../http/app-of-test.ts';

const PEOPLE = { Accept: 'text/html', 'Accept-Language': 'de, en;q=0.5' };
const TERMS = '/harbour/services/Larkmail/Terms%20of%20Service';

async function appWith(basePath = '') {
  const collections = await servedOfTest({ lists: 'letters:\n  name: Letters\n  members:\n    - harbour/Larkmail\n' });
  return appOfTest({ collections, settings: { basePath } }).app;
}

test.each([
  '/harbour',
  '/harbour/services/Larkmail',
  '/harbour/services/Ferry%20%26%20Sons!',
  '/harbour/services/Old%20Harbour?year=2024',
  TERMS,
  `${TERMS}/checks`,
  `${TERMS}/versions/${'a'.repeat(40)}`,
  '/harbour/clauses/1',
  '/search?q=a%2Fb%20%22c%22&utm_source=x',
  '/lists/letters',
  '/services',
])('%s leads to the page in the language of the reader', async (path) => {
  const answer = await (await appWith()).request(path, { headers: PEOPLE });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `/de${path}`]);
  expect(answer.headers.get('vary')).toContain('Accept-Language');
  expect(answer.headers.get('cache-control')).toBe('no-cache');
});

test('below a base path, and with a slash too many', async () => {
  const app = await appWith('/base');
  const to = async (path: string) => (await app.request(path, { headers: PEOPLE })).headers.get('location');
  expect(await to('/base/harbour/services/Larkmail/')).toBe('/base/de/harbour/services/Larkmail');
  expect(await to('/harbour')).toBeNull();
});

test.each([
  '/nowhere',
  '/harbour/services/larkmail',
  '/harbour/services/Larkmail/Nope',
  `${TERMS}/nothing`,
  '/lists/nowhere',
  '//harbour.example/',
  '/harbour/services/Larkmail/Terms%20of%20Service/checks/further',
])('%s is no page in any language', async (path) => {
  const answer = await (await appWith()).request(path, { headers: PEOPLE });
  expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
  expect(await answer.text()).toContain('Unter dieser Adresse gibt es nichts');
});

test('programs are told that there is nothing', async () => {
  const app = await appWith();
  for (const headers of [{}, { Accept: '*/*' }, { Accept: 'application/json' }]) {
    expect((await app.request('/harbour/services/Larkmail', { headers })).status).toBe(404);
  }
});

test('every page of the website is found without its language', async () => {
  const collections = await servedOfTest({ lists: 'letters:\n  name: Letters\n  members:\n    - harbour/Larkmail\n' });
  const { log } = logOfTest();
  const deps = { collections, clock: () => new Date(), publicUrl: () => 'http://localhost', queries: NO_QUERIES, log };
  const health = { startedAt: new Date(), keepsSchedules: false, mirrorFetches: () => undefined };
  const { routes } = createPages({ ...deps, engineVersion: 'clausewatch/test' }, { health, accessLog: 'paths' });
  // `/health` is for machines; the start has its own way.
  const paths = [...new Set(routes.map(({ path }) => path))]
    .filter((path) => path.startsWith('/en/') && !['/en/', '/en/*', '/en/health'].includes(path))
    .map((path) => path.slice('/en'.length));
  expect(paths.length).toBeGreaterThan(15);
  const lost = paths.filter((path) => {
    const filled = path
      .replace(':collection', 'harbour')
      .replace(':service', 'Larkmail')
      .replace(':type', 'Terms%20of%20Service')
      .replace(':list', 'letters')
      .replace(/:\w+/g, '1');
    return !isPageWithoutLanguage(collections, filled);
  });
  expect(lost).toEqual([]);
});
