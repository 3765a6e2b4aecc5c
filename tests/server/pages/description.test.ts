import { describe, expect, test } from 'vitest';
import { servedOfTest } from '../../helpers/served.ts';
import { appOfTest } from '../http/app-of-test.ts';

const PAGES = ['/feeds', '/api/docs', '/harbour/api/v1/docs', '/federation/v1/docs'];

async function pageAt(path: string) {
  const { app } = appOfTest({ collections: await servedOfTest() });
  const answer = await app.request(path, { headers: { Accept: 'text/html' } });
  const text = await answer.text();
  const stylesheet = /<link rel="stylesheet" href="([^"]+)">/.exec(text)?.[1] ?? '';
  return { app, answer, text, stylesheet };
}

describe.each(PAGES)('the page %s', (path) => {
  test('has the look of all pages, from where it is from, and no script or style of its own', async () => {
    const { app, answer, text, stylesheet } = await pageAt(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("style-src 'self'");
    expect(text.replace(/<script src="\/assets\/site\.[0-9a-f]{16}\.js" defer><\/script>/, '')).not.toMatch(
      /<script|<style| style=| on\w+=/,
    );
    expect(stylesheet).toMatch(/^\/assets\/site\.[0-9a-f]{16}\.css$/);
    const css = await app.request(stylesheet);
    expect(css.status).toBe(200);
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(css.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await css.text()).toContain('prefers-color-scheme: dark');
    expect(text).toMatch(/<a class="brand" href="\/en\/">/);
    expect(text).not.toContain('hreflang="fr" href="http');
  });

  test('holds no signs of other formats', async () => {
    const { text } = await pageAt(path);
    expect(/.{0,80}(?:`|\d\d\d :|\[object|<code><\/code>)/.exec(text)?.[0]).toBeUndefined();
  });

  test('has one first heading and one main part', async () => {
    const { text } = await pageAt(path);
    expect([text.match(/<h1/g)?.length, text.match(/<main/g)?.length]).toEqual([1, 1]);
  });
});
