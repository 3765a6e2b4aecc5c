import { expect, test } from 'vitest';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { servedOfTest } from '../../../helpers/served.ts';

test('a service that is called what was searched for stands above the hits; a part of a name is none', async () => {
  const pages = pagesOfTest(await servedOfTest());
  for (const q of ['larkmail', 'LARKMAIL']) {
    const text = await pages.document(`/en/search?q=${q}`);
    const link = text.indexOf('<a href="/base/en/harbour/services/Larkmail"><b><bdi>');
    expect(link).toBeGreaterThan(0);
    expect(link).toBeLessThan(text.indexOf('class="hits'));
  }
  for (const q of ['lark', 'free']) {
    expect(await pages.document(`/en/search?q=${q}`)).not.toContain('class="services-called"');
  }
});
