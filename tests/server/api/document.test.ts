import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../../../server/api/create-api.ts';
import { shapeOf } from '../../../server/api/docs/shape.ts';
import type { ServerDeps } from '../../../server/deps.ts';
import { createFeeds } from '../../../server/feeds/feeds.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

/** What serves the description itself. */
const UNDESCRIBED = ['/openapi.json', '/docs', '/', '/*'];

interface Described {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
}
interface PathItem {
  readonly get: Operation;
  readonly servers?: readonly { readonly url: string }[];
}
interface Operation {
  readonly summary: string;
  readonly operationId?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}

let served: ServedOfTest;
let api: ApiOfTest;
let document: Described;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed();
  api = apiOfTest(served, queries);
  document = (await api.json('/openapi.json')) as Described;
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const mountedPaths = (app: Pick<Hono, 'routes'>, feeds: Hono): string[] => [
  ...new Set([
    ...app.routes.map(({ path }) => path).filter((path) => !UNDESCRIBED.includes(path)),
    ...new Hono().route('/feeds', feeds).routes.map(({ path }) => path.replace(/\/$/, '')),
  ]),
];

test('every route is described, and what is described is a route', () => {
  const deps: ServerDeps = {
    collections: served,
    clock: () => new Date(),
    publicUrl: () => '',
    queries,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    engineVersion: 'clausewatch/0',
  };
  const app = createApi(deps);
  const feeds = createFeeds(deps);
  const described = Object.keys(document.paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'));
  expect(described.length).toBeGreaterThan(15);
  expect(mountedPaths(app, feeds).toSorted()).toEqual(described.toSorted());
  expect(described).toEqual(expect.arrayContaining(['/feeds', '/feeds/atom', '/feeds/json']));
  // The comparison finds a route that nobody described, here or there.
  const more = createFeeds(deps).get('/hidden', (c) => c.text(''));
  expect(mountedPaths(app, more).toSorted()).not.toEqual(described.toSorted());
  app.get('/hidden', (c) => c.text(''));
  expect(mountedPaths(app, feeds).toSorted()).not.toEqual(described.toSorted());
});

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'https://watch.example/base/api' }]);
  expect((await new Validator().validate({ openapi: '3.1.0', paths: 1 })).valid).toBe(false);
});

test('feeds have an address of their own, in the document and on its page', async () => {
  for (const [path, item] of Object.entries(document.paths)) {
    const expected = path.startsWith('/feeds') ? [{ url: 'https://watch.example/base' }] : undefined;
    expect([path, item.servers]).toEqual([path, expected]);
  }
  const parameters = document.paths['/feeds/atom']?.get?.parameters?.map(({ name }) => name);
  expect(parameters).toEqual(expect.arrayContaining(['collection', 'service', 'type', 'list', 'since', 'until']));
  const page = await (await api.get('/docs')).text();
  expect(page.match(/This address begins with <code>https:\/\/watch\.example\/base<\/code>/g)).toHaveLength(3);
});

test('every operation says what it does, what it takes within which limits, and how it fails', () => {
  const faults = Object.entries(document.paths).flatMap(([path, item]) =>
    [item.get].flatMap(({ summary, parameters = [], responses }) => [
      ...Object.keys(item).filter((key) => key !== 'servers' && !(key === 'get' && summary)),
      ...['200', '304', '400', '404', '503']
        .filter((status) => !responses[status])
        .map((status) => `${path} ${status}`),
      ...parameters
        .filter((one) => one.in === 'query' && !/maxLength|maximum|maxItems|enum|ISO 8601/.test(JSON.stringify(one)))
        .map((one) => `${path} ${one.name} has no limit`),
      ...[...path.matchAll(/\{(\w+)\}/g)]
        .filter(([, name]) => !parameters.some((one) => one.in === 'path' && one.name === name))
        .map(([, name]) => `${path} ${name} is not described`),
    ]),
  );
  expect(faults).toEqual([]);
  const ids = Object.values(document.paths).map(({ get }) => get?.operationId);
  expect(new Set(ids).size).toBe(Object.keys(document.paths).length);
  expect(ids).not.toContain(undefined);
});

describe('the page for people', () => {
  test('describes every route, is well-formed, and loads nothing from elsewhere', async () => {
    const response = await api.get('/docs');
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const path of Object.keys(document.paths)) expect(page).toContain(`GET <b>${path}</b>`);
    expect(page).not.toMatch(/<img|@import|url\(|\son\w+=|https?:\/\/(?!watch\.example)/i);
    expect(page.match(/<script[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script src="\/base\/assets\/[^"]+" defer>$/),
    ]);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    expect(targets.length).toBeGreaterThan(30);
    const main = /<main.*<\/main>/s.exec(page)?.[0] ?? '';
    expect(parseXml(main.replaceAll('&#39;', '&apos;')).root).toBeInstanceOf(XmlElement);
  });

  test.each<[string, object, string]>([
    ['a word', { type: 'string' }, 'string'],
    ['a date or nothing', { type: ['string', 'null'], format: 'date-time' }, 'date or null'],
    ['one of several', { enum: ['a', 'b'] }, '"a" or "b"'],
    [
      'a list of a named shape',
      { type: 'array', items: { $ref: '#/components/schemas/Version' } },
      'list of [Version]',
    ],
    [
      'members',
      { type: 'object', properties: { a: { type: 'integer' }, b: {} }, required: ['a'] },
      '{\n  a: integer\n  b?: anything\n}',
    ],
    ['names of any kind', { type: 'object', additionalProperties: { type: 'number' } }, 'name → number'],
    ['a shape or nothing', { oneOf: [{ $ref: '#/x/Y' }, { type: 'null' }] }, '[Y] or null'],
  ])('shape of %s', (_name, schema, shape) =>
    expect(
      shapeOf(schema)
        .map((part) => (typeof part === 'string' ? part : `[${part.schema}]`))
        .join(''),
    ).toBe(shape),
  );
});

test('each asker is told the address by which this server was asked', async () => {
  const app = createApi({
    collections: served,
    queries,
    engineVersion: 'clausewatch/0.0.0',
    publicUrl: (c) => `https://${c.req.header('host')}`,
    clock: () => new Date(),
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const at = async (host: string) =>
    (await (await app.request('/openapi.json', { headers: { host } })).json()) as Described;
  const [one, other] = [await at('one.example'), await at('other.example')];
  expect([one, other].map(({ servers }) => servers)).toEqual([
    [{ url: 'https://one.example/api' }],
    [{ url: 'https://other.example/api' }],
  ]);
  expect(one.paths['/feeds/atom']?.servers).toEqual([{ url: 'https://one.example' }]);
  expect(Object.keys(other.paths)).toEqual(Object.keys(document.paths));
});
