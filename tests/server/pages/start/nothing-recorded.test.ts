import { expect, test } from 'vitest';
import { PAGE_LANGUAGES } from '../../../../server/pages/languages.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { servedOfTest } from '../../../helpers/served.ts';

const declared = (name: string) => ({
  name,
  terms: { 'Terms of Service': { fetch: 'https://quay.example/terms', select: 'main' } },
});

test.each(PAGE_LANGUAGES)('a server with nothing recorded says in %s what will be', async (language) => {
  const served = await servedOfTest({
    collections: [
      { id: 'quay', name: 'Quay', declarations: { Quayside: declared('Quayside <b>'), Anchor: declared('Anchor') } },
      { id: 'shoal', name: 'Shoal', kind: 'mirrored' },
    ],
  });
  const pages = pagesOfTest(served);
  const text = await pages.document(`/${language}/`);
  expect(text).toContain('<bdi>Quayside &lt;b&gt;</bdi>');
  expect(text.indexOf('/quay/services/Anchor')).toBeLessThan(text.indexOf('/quay/services/Quayside'));
  for (const address of ['quay', 'shoal', 'health', 'about']) {
    expect(text).toContain(`href="/base/${language}/${address}"`);
  }
  expect(text).toContain('clausewatch track');
  expect(text).not.toMatch(/[{}]|class="counts"|name="topic"|class="week-chart"/);
  expect((await pages.get(`/${language}/services/`)).status).toBe(308);
  expect((await pages.get(`/${language}/quay/services/Anchor`)).status).toBe(200);
});

test('the list takes its place with the first record', async () => {
  const served = await servedOfTest({ collections: [{ id: 'quay', declarations: { Anchor: declared('Anchor') } }] });
  const before = await pagesOfTest(served).document('/en/');
  expect(before).toContain('Nothing is recorded yet');
  const record = { serviceId: 'Anchor', termsType: 'Terms of Service', content: '# Terms\n\nBoats moor here.' };
  await served.record('quay', [{ ...record, date: '2026-02-01T08:00:00Z' }]);
  const after = await pagesOfTest(served).document('/en/');
  expect(after).not.toContain('Nothing is recorded yet');
  expect(after).toContain('1 version');
  expect(after).toContain('name="topic"');
});

test('who narrows the list of nothing is told that nothing matches', async () => {
  const served = await servedOfTest({ collections: [{ id: 'quay', declarations: { Anchor: declared('Anchor') } }] });
  const text = await pagesOfTest(served).document('/en/?topic=ai/training');
  expect(text).toContain('No alert matches these filters.');
});
