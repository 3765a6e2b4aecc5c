import { expect, test } from 'vitest';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import { pagesOfTest } from '../../helpers/pages.ts';
import { servedOfTest } from '../../helpers/served.ts';

const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test.each([
  ['/en/no/such/address', 404, 'There is nothing at this address'],
  ['/de/nowhere', 404, 'Unter dieser Adresse gibt es nichts'],
  ['/fr/lists/nowhere', 404, 'Il n’y a rien à cette adresse'],
  ['/es/services?letter=zz', 400, 'Esta dirección contiene un dato que no se puede leer'],
])('%s is answered with %i as a page', async (path, status, words) => {
  const { get, errors } = pagesOfTest(await servedOfTest());
  const answer = await get(path);
  const text = await answer.text();
  expect(answer.status).toBe(status);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(text).toContain(`<h1>${words}</h1>`);
  expect(text).toContain('<meta name="robots" content="noindex">');
  expect(errors).toEqual([]);
});

test('a parameter that cannot be read is named, with what was expected', async () => {
  const { get } = pagesOfTest(await servedOfTest());
  const text = textOf(await (await get('/en/services?offset=-1&nmae=x')).text());
  expect(text).toMatch(/offset has to be a whole number from 0 to/);
  expect(text).toContain('nmae');
});

test('what was asked for is shown as text', async () => {
  const { get } = pagesOfTest(await servedOfTest());
  const text = await (await get(`/en/lists/${encodeURIComponent('<script>alert(1)</script>')}`)).text();
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).not.toContain('<script>alert');
});

test.each(['en', 'de'])('/%s without its slash leads to the start', async (language) => {
  const { get } = pagesOfTest(await servedOfTest());
  const answer = await get(`/${language}`);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `/base/${language}/`]);
});

test('while no index answers, a page says so and when to come back; other pages stand', async () => {
  const served = await servedOfTest();
  const broken = () => {
    throw new IndexUnavailableError('The index is being built.');
  };
  const all = served.all().map((collection) => ({ ...collection, index: broken }));
  const get = (id: string) => all.find((one) => one.id === id);
  const pages = pagesOfTest({ ...served, all: () => all, get });
  for (const path of ['/en/services', '/en/health', '/en/about', '/en/lists', '/en/harbour']) {
    expect([path, (await pages.get(path)).status]).toEqual([path, 200]);
  }
  for (const path of ['/en/', '/en/search?q=larkmail', '/en/harbour/services/Larkmail/Terms%20of%20Service']) {
    const answer = await pages.get(path);
    expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '10']);
    expect(await answer.text()).toContain('The index is being built; try again in a moment</h1>');
  }
  expect(textOf(await (await pages.get('/en/services')).text())).toContain('The collection “Harbour” cannot answer');
});

test('a fault of the server is noted and told without internals', async () => {
  const served = await servedOfTest();
  const failing = () => {
    throw new TypeError('/secret/path is broken');
  };
  const { get, errors } = pagesOfTest({ ...served, lists: failing });
  const answer = await get('/en/lists');
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('secret');
  expect(errors).toHaveLength(1);
});
