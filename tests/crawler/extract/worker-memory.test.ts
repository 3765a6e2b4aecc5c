import { expect, test } from 'vitest';
import { createExtractor } from '../../../crawler/extract/extractor.ts';

test('documents that need jsdom do not pile up in a worker until an innocent one is blamed', async () => {
  const extractor = createExtractor({ workers: 1, memoryMegabytes: 160 });
  // A NUL is one of the things that the light parser is known to read differently.
  const content = `<!doctype html><main><p>${'<b>word</b> '.repeat(4_000)}\0</p></main>`;
  const member = { content, mimeType: 'text/html', location: 'https://a.example/', remove: undefined, filter: [] };
  try {
    for (let n = 0; n < 36; n++) {
      expect(await extractor.extract({ members: [{ ...member, select: 'main' }] })).toContain('**word**');
    }
  } finally {
    await extractor.close();
  }
});
