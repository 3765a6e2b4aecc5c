import { describe, expect, test } from 'vitest';
import { appOfTest } from '../http/app-of-test.ts';

describe('a page that was kept somewhere before an update', () => {
  test.each([
    ['/assets/site.0123456789abcdef.css', 'text/css'],
    ['/assets/site.0123456789abcdef.js', 'text/javascript'],
    ['/assets/icon.0123456789abcdef.svg', 'image/svg+xml'],
  ])('finds what stands in the place of %s now, which nobody keeps', async (path, type) => {
    const answer = await appOfTest().app.request(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  });

  test.each(['/assets/other.0123456789abcdef.css', '/assets/site.css', '/assets/site.0123456789abcdef.svg'])(
    '%s was never there',
    async (path) => expect((await appOfTest().app.request(path)).status).toBe(404),
  );
});
