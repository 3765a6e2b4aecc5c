import { describe, expect, test } from 'vitest';
import type { SourceDocument } from '../../../archive/declarations/service.ts';
import { extractAllWays, type Outcomes } from './compare.ts';
import { cloneBundle, hasDemoData, sampleDeclaredSnapshots, withoutDemoData } from './demo-data.ts';

describe.skipIf(!hasDemoData)(`real documents${withoutDemoData}`, () => {
  test('40 snapshots give what the reference gives, by their declarations and whole', async () => {
    const snapshots = cloneBundle('demo-snapshots.bundle');
    try {
      const sample = await sampleDeclaredSnapshots(snapshots, 40);
      expect(new Set(sample.map(({ blob }) => blob.path)).size).toBeGreaterThanOrEqual(8);
      let extracted = 0;
      for (const { blob, document } of sample) {
        const html = snapshots.blob(blob.id).toString();
        for (const declared of [document, { ...document, select: 'body', remove: 'nav, footer' }]) {
          const { reference, ours, light, jsdom } = await outcomesOf(html, declared);
          expect(light === reference || light === undefined, `${blob.path} ${blob.id} on the light DOM`).toBe(true);
          expect(ours === reference, `${blob.path} ${blob.id}`).toBe(true);
          expect(jsdom === reference, `${blob.path} ${blob.id} on jsdom`).toBe(true);
          if (!reference.startsWith('error: ')) extracted++;
        }
      }
      expect(extracted).toBeGreaterThan(60);
    } finally {
      snapshots.remove();
    }
  });
});

const outcomesOf = (html: string, { location, select = 'body', remove, filter }: SourceDocument): Promise<Outcomes> =>
  extractAllWays(html, { location, select, filter, ...(remove === undefined ? {} : { remove }) });
