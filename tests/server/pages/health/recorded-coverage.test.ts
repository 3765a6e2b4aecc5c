import { describe, expect, test } from 'vitest';
import { recordedCoverage } from '../../../../server/pages/health/recorded-coverage.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { type ServedOfTest, servedOfTest } from '../../../helpers/served.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

function harbourOf(served: ServedOfTest) {
  const harbour = served.get('harbour');
  if (!harbour) throw new Error('The test has no harbour');
  return harbour;
}

describe('how far the records cover what is declared', () => {
  test('tells what was never recorded, and what had no new version for a year', async () => {
    const { lastVersion, recorded, declared, neverRecorded, quiet } = recordedCoverage(
      harbourOf(await servedOfTest()),
      NOW,
    );
    expect(lastVersion).toEqual(new Date('2025-02-03T08:00:00Z'));
    expect({ recorded, declared }).toEqual({
      recorded: { services: 3, terms: 4, versions: 7 },
      declared: { services: 3, terms: 4 },
    });
    expect(neverRecorded.map(({ serviceId }) => serviceId)).toEqual(['Unrecorded']);
    expect(quiet).toEqual([
      { serviceId: 'Larkmail', termsType: 'Privacy Policy', latestDate: new Date('2024-01-12T08:00:00Z') },
    ]);
  });

  test('is told of mirrors too, with the way to the terms', async () => {
    const text = await pagesOfTest(await servedOfTest()).document('/en/health');
    const [, harbour = '', lighthouse = ''] = text.split('<h2 id=');
    expect(harbour).toContain('Latest version recorded: 3 February 2025.');
    expect(harbour).toContain('Recorded: 4 terms of 3 services. Declared today: 4 terms of 3 services.');
    expect(harbour).toContain('Declared, but never recorded: 1 terms');
    expect(harbour).toContain('/en/harbour/services/Unrecorded/Privacy%20Policy"');
    expect(lighthouse).toMatch(/Latest version recorded: \d+ \w+ 20\d\d\./);
  });
});

test('the page of a collection counts as the start does', async () => {
  const served = await servedOfTest();
  const { terms } = harbourOf(served).index().state();
  const text = await pagesOfTest(served).document('/en/harbour');
  expect(text).toContain(`<li>${terms} terms</li>`);
  expect(text).toContain(`Recorded: ${terms} terms of 3 services.`);
});
