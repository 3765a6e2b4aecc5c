import { describe, expect, test } from 'vitest';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { servedOfTest } from '../../../helpers/served.ts';

const RUN = { kind: 'track', engineVersion: 'clausewatch/test', services: 1, terms: 1 } as const;

describe('the end of the records', () => {
  test('is said of each collection that ended a while ago', async () => {
    const text = await pagesOfTest(await servedOfTest()).document('/en/search?q=larkmail');
    expect(text).toContain('Harbour: no version is recorded after 3 February 2025.');
    expect(text).toMatch(/Lighthouse: no version is recorded after \d+ \w+ 20\d\d\./);
  });

  test('not of those that the filter leaves out', async () => {
    const text = await pagesOfTest(await servedOfTest()).document('/en/search?q=larkmail&collection=harbour');
    expect(text).toContain('Harbour: no version is recorded');
    expect(text).not.toContain('Lighthouse: no version');
  });

  test('not where what is asked ended before', async () => {
    const pages = pagesOfTest(await servedOfTest());
    expect(await pages.document('/en/search?q=larkmail&until=2024-12-01')).not.toContain('Harbour: no version');
  });

  test('is the last run where runs are known, and nothing is said while they go on', async () => {
    const served = await servedOfTest();
    served.enter('harbour', (ledger) => {
      const runId = ledger.startRun({ ...RUN, startedAt: new Date('2026-02-20T08:00:00Z') });
      ledger.endRun({ runId, status: 'completed', counts: {}, endedAt: new Date('2026-02-20T09:00:00Z') });
    });
    const at = (now: string) => pagesOfTest(served, new Date(now)).document('/en/search?q=larkmail&collection=harbour');
    expect(await at('2026-02-21T08:00:00Z')).not.toContain('class="muted record-ends"');
    expect(await at('2026-03-20T08:00:00Z')).toContain('Harbour: nothing was checked after 20 February 2026.');
  });
});

describe('a clause that stands', () => {
  test('was last seen when its terms were last checked', async () => {
    const served = await servedOfTest();
    const terms = { serviceId: 'Larkmail', termsType: 'Terms of Service' };
    served.enter('harbour', (ledger) => {
      const date = new Date('2026-02-20T08:00:00Z');
      const runId = ledger.startRun({ ...RUN, startedAt: date });
      ledger.recordCheck({
        ...{ runId, ...terms, documentId: undefined, location: 'https://www.larkmail.example/terms', attempt: 1 },
        ...{ outcome: 'not-modified', date, durationMs: 5, snapshotId: 'a'.repeat(40) },
      });
    });
    const text = await pagesOfTest(served).document('/en/search?q=arbitration&collection=harbour');
    expect(text).toContain('In force since 1 June 2024, last seen on 20 February 2026');
  });
});

test.each([
  ['the start, above a list in which nothing matches', '/en/?collection=harbour&since=2025-06-01'],
  ['the start', '/en/?collection=harbour&show=everything'],
  ['an empty list of terms', '/en/harbour/services/Larkmail/Terms%20of%20Service?since=2025-06-01'],
  ['a collection', '/en/harbour'],
  ['a comparison', '/en/compare?collection=harbour&q=arbitration'],
])('%s', async (_, path) => {
  const text = await pagesOfTest(await servedOfTest()).document(path);
  expect(text).toContain('Harbour: no version is recorded after 3 February 2025.');
});
