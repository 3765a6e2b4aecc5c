import { describe, expect, test } from 'vitest';
import { servedOfTest } from '../../helpers/served.ts';
import { appOfTest } from '../http/app-of-test.ts';

const PAGES = ['/', '/feeds', '/harbour/api/v1/docs', '/federation/v1/docs'];

async function pageAt(path: string) {
  const { app } = appOfTest({ collections: await servedOfTest() });
  const answer = await app.request(path, { headers: { Accept: 'text/html' } });
  const text = await answer.text();
  const stylesheet = /<link rel="stylesheet" href="([^"]+)">/.exec(text)?.[1] ?? '';
  return { app, answer, text, stylesheet };
}

describe.each(PAGES)('the page %s', (path) => {
  test('has a stylesheet from where it is from, which may be kept for good, and no script', async () => {
    const { app, answer, text, stylesheet } = await pageAt(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("style-src 'self'");
    expect(text).not.toMatch(/<script|<style| style=| on\w+=/);
    expect(stylesheet).toMatch(/^\/styles\/site\.[0-9a-f]{16}\.css$/);
    const css = await app.request(stylesheet);
    expect(css.status).toBe(200);
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(css.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await css.text()).toContain('prefers-color-scheme: dark');
  });

  test('holds no signs of other formats', async () => {
    const { text } = await pageAt(path);
    expect(text).not.toMatch(/`|\d\d\d :|\[object|<code><\/code>/);
  });
});

test('the first page says what there is, in plain words', async () => {
  const { text } = await pageAt('/');
  expect(text).toMatch(/\d+ versions of \d+ terms of \d+ services/);
  expect(text).toMatch(/<a href="[^"]+\/harbour\/api\/v1\/docs">API<\/a>/);
});
