import { JSDOM, VirtualConsole } from 'jsdom';
import { describe, expect, test } from 'vitest';
import type { SourceDocument } from '../../../archive/declarations/service.ts';
import { findInLightDom } from '../../../crawler/extract/light-dom/find.ts';
import { parseLight } from '../../../crawler/extract/light-dom/parse.ts';
import { bundledArchive } from '../../helpers/bundled-archive.ts';
import { extractAllWays, type Outcomes } from './compare.ts';
import {
  bundledRepository,
  declaredSelectors,
  hasDemoData,
  sampleDeclaredSnapshots,
  withoutDemoData,
} from './demo-data.ts';

describe.skipIf(!hasDemoData)(`real documents${withoutDemoData}`, () => {
  test('40 snapshots give what the reference gives, by their declarations and whole', async () => {
    const snapshots = bundledRepository(bundledArchive('demo-snapshots'));
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
  });

  test('the selectors of all real declarations find in 12 snapshots what jsdom finds', async () => {
    const snapshots = bundledRepository(bundledArchive('demo-snapshots'));
    const selectors = declaredSelectors();
    let found = 0;
    for (const { blob } of await sampleDeclaredSnapshots(snapshots, 12)) {
      const html = snapshots.blob(blob.id).toString();
      const light = parseLight(html, 'https://service.example/');
      const { window } = new JSDOM(html, { virtualConsole: new VirtualConsole() });
      const places = new Map<Element, number>();
      for (const all of [findInLightDom(light, '*'), window.document.querySelectorAll('*')]) {
        for (const [index, element] of [...all].entries()) places.set(element, index);
      }
      const different = selectors.filter((selector) => {
        const expected = attempt(() => Array.from(window.document.querySelectorAll(selector)));
        if (expected?.length) found++;
        const placesOf = (elements: readonly Element[] | undefined): string | undefined =>
          elements?.map((element) => places.get(element)).join();
        return placesOf(expected) !== placesOf(attempt(() => findInLightDom(light, selector)));
      });
      expect(different, blob.path).toEqual([]);
      window.close();
    }
    expect(selectors.length).toBeGreaterThan(800);
    expect(found).toBeGreaterThan(200);
  });
});

/** Undefined for what is no selector. */
function attempt<Result>(find: () => Result): Result | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

const outcomesOf = (html: string, { location, select = 'body', remove, filter }: SourceDocument): Promise<Outcomes> =>
  extractAllWays(html, { location, select, filter, ...(remove === undefined ? {} : { remove }) });
