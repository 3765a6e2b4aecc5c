import { Validator } from '@seriousme/openapi-schema-validator';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCollectionApi } from '../../../../server/api/open-terms-archive/collection-api.ts';
import { createFederationApi } from '../../../../server/api/open-terms-archive/federation-api.ts';
import type { OpenApiDocument } from '../../../../server/api/open-terms-archive/openapi-parts.ts';
import type { ServerDeps } from '../../../../server/deps.ts';
import { type Apis, apisOfTest, PUBLIC_URL } from './apis-of-test.ts';

let apis: Apis;
beforeAll(async () => {
  apis = await apisOfTest();
});
afterAll(() => apis.close());

const document = async (at: string): Promise<OpenApiDocument> => {
  const response = await apis.app.request(`${at}/docs`, { headers: { accept: 'application/json' } });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('vary')).toBe('Accept');
  return (await response.json()) as OpenApiDocument;
};

const APIS: readonly (readonly [string, (deps: ServerDeps) => Hono])[] = [
  ['/harbour/api/v1', (deps) => createCollectionApi(apis.collection('harbour'), deps)],
  ['/federation/v1', (deps) => createFederationApi(deps)],
];

describe.each(APIS)('documentation at %s', (at, create) => {
  test('is a valid OpenAPI document', async () => {
    const found = await document(at);
    expect(await new Validator().validate(found as never)).toEqual({ valid: true });
    expect(found).toMatchObject({ openapi: '3.1.0', servers: [{ url: PUBLIC_URL + at }] });
  });

  test('has every route, and no other', async () => {
    const deps = { ...({} as ServerDeps), collections: apis.served };
    const routes = create(deps)
      .routes.filter(({ path }) => path !== '/*')
      .map(({ path }) => path.replace(/:(\w+)/g, '{$1}'));
    const { paths } = await document(at);
    expect(Object.keys(paths).toSorted()).toEqual([...new Set(routes)].toSorted());
  });

  test('names each parameter of each path, and schemas that are there', async () => {
    const found = await document(at);
    for (const [path, { get }] of Object.entries(found.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(get.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(named);
      expect(get.parameters.every(({ description }) => description !== '')).toBe(true);
    }
    const named = [...JSON.stringify(found).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    expect([...new Set(named)].filter((name) => !(name !== undefined && name in found.components.schemas))).toEqual([]);
  });

  test('is a page for people', async () => {
    for (const accept of ['text/html', '*/*', undefined]) {
      const response = await apis.app.request(`${at}/docs`, accept === undefined ? {} : { headers: { accept } });
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      const page = await response.text();
      const { paths } = await document(at);
      for (const path of Object.keys(paths)) expect(page).toContain(`GET <b>${path}</b>`);
      expect(page).not.toMatch(/<script(?! src="\/[^"]*assets\/site\.)| style=|<style/);
    }
  });
});
