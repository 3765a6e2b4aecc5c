import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractAllWays } from './compare.ts';
import { randomHtml, randomSelection, randomSelectors } from './random-html.ts';

const runs = Number(process.env.EXTRACT_RUNS ?? 300);

test(`${runs} random documents give what the reference gives`, async () => {
  let light = 0;
  await fc.assert(
    fc.asyncProperty(randomHtml, randomSelection, fc.option(randomSelectors), async (html, select, remove) => {
      const outcomes = await extractAllWays(html, {
        location: 'https://service.example/legal/terms?v=1',
        select,
        ...(remove === null ? {} : { remove }),
        filter: [{ removeQueryParams: ['utm'] }],
      });
      if (outcomes.light !== undefined) light++;
      expect(outcomes.ours).toBe(outcomes.reference);
      expect(outcomes.jsdom).toBe(outcomes.reference);
    }),
    { numRuns: runs },
  );
  // Otherwise jsdom would be compared with jsdom.
  expect(light).toBeGreaterThan(runs / 2);
});
