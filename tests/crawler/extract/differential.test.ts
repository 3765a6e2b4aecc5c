import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractAllWays } from './compare.ts';
import { randomHtml, randomSelection, randomSelectors } from './random-html.ts';

const runs = Number(process.env.EXTRACT_RUNS ?? 400);

test(`${runs} random documents give what the reference gives`, async () => {
  await fc.assert(
    fc.asyncProperty(randomHtml, randomSelection, fc.option(randomSelectors), async (html, select, remove) => {
      const outcomes = await extractAllWays(html, {
        location: 'https://service.example/legal/terms?v=1',
        select,
        ...(remove === null ? {} : { remove }),
        filter: [{ removeQueryParams: ['utm'] }],
      });
      expect(outcomes.ours).toBe(outcomes.reference);
      expect(outcomes.jsdom).toBe(outcomes.reference);
    }),
    { numRuns: runs },
  );
});
