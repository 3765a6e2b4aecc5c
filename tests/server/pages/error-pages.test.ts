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

const SERVICE = '/harbour/services/Larkmail';
const TERMS = `${SERVICE}/Terms%20of%20Service`;

test('what is wrong is said in the language of the page', async () => {
  const { get } = pagesOfTest(await servedOfTest());
  const CASES = [
    ['/en/services?offset=-1', 'offset: “-1” has to be a whole number from 0 to'],
    ['/de/?since=yesterday', 'since: „yesterday“ ist kein Datum. Ein Datum wird so geschrieben: 2024-03-01.'],
    ['/fr/?since=2025-02-01&until=2025-01-01', 'La première date est postérieure à la dernière'],
    ['/es/?cursor=%21', 'El lugar en la lista («cursor») no se puede leer'],
    ['/de/?show=all', 'show: „all“ ist nicht bekannt. Möglich sind: alerts, everything.'],
    ['/fr/?list=nothing', 'Il n’y a pas ici de liste « nothing ».'],
    ['/es/nothing', 'Aquí no hay ninguna colección «nothing».'],
    ['/de/harbour/services/Nope', 'In der Sammlung „Harbour“ gibt es keinen Dienst „Nope“.'],
    [`/fr${SERVICE}/Nope`, 'La collection « Harbour » n’a pas de « Nope » de « Larkmail ».'],
    [`/es${TERMS}/versions/123`, 'La colección «Harbour» no tiene ninguna versión «123» de estas condiciones.'],
  ] as const;
  for (const [path, words] of CASES) {
    expect([path, textOf(await (await get(path)).text())]).toEqual([path, expect.stringContaining(words)]);
  }
});

test.each([
  '/en/?',
  '/en/services?',
  '/en/search?q=larkmail&',
  '/en/compare?',
  `/en${SERVICE}?`,
  `/en${TERMS}?`,
  `/en${TERMS}/checks?`,
])('%s… is what it is with names behind it that websites and mailers put there', async (path) => {
  const { get } = pagesOfTest(await servedOfTest());
  expect((await get(`${path}fbclid=1&utm_source=newsletter&utm_source=again`)).status).toBe(200);
});

test.each([
  ['/en/harbour/services/larkmail', `/base/en${SERVICE}`],
  ['/de/harbour/services/Larkmial', `/base/de${SERVICE}`],
  [`/en/harbour/services/larkmail/terms%20of%20service`, `/base/en${TERMS}`],
  ['/en/habrour', '/base/en/harbour'],
])('%s: what was meant is offered', async (path, meant) => {
  const { get } = pagesOfTest(await servedOfTest());
  const answer = await get(path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain(`<a href="${meant}"><bdi>`);
});

test.each([
  [`/en${SERVICE}/`, `/base/en${SERVICE}`],
  ['/en/search/?q=larkmail', '/base/en/search?q=larkmail'],
  ['/de/harbour//', '/base/de/harbour'],
])('%s leads to the same without its slash', async (path, to) => {
  const { get } = pagesOfTest(await servedOfTest());
  const answer = await get(path);
  expect([answer.status, answer.headers.get('location')]).toEqual([308, to]);
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
