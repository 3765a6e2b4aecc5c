import { afterAll, beforeAll, expect, test } from 'vitest';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

let served: ServedOfTest;
let id: string | undefined;

beforeAll(async () => {
  served = await openServed();
  const [version] =
    served
      .get('lighthouse')
      ?.index()
      .versions({ serviceId: 'larkmail', termsType: 'Terms of Service' }, { limit: 1 }) ?? [];
  id = version?.id;
});
afterAll(() => served.close());

const LIGHTHOUSE = '/lighthouse/services/larkmail/Terms%20of%20Service';

test.each([
  ['en', 'Source as declared', 'source as declared', 'Source as declared, not noted in the record:'],
  ['de', 'Quelle laut Deklaration', 'Quelle laut Deklaration', 'Quelle laut Deklaration, in der Aufzeichnung nicht'],
])(
  '%s: what only the declaration says is said to be so, on the page, on paper and in the citation',
  async (language, source, printed, cited) => {
    const text = await pagesOfTest(served).document(`/${language}${LIGHTHOUSE}/versions/${id}`);
    expect(text).toContain(`<span class="muted">${source}</span>`);
    expect(text).toMatch(new RegExp(`<div class="running-head">.*${printed} <bdi>https://www.larkmail`, 'is'));
    expect(text).toContain(cited);
  },
);

test('a redline says so of its records', async () => {
  const text = await pagesOfTest(served).document(`/en${LIGHTHOUSE}/redlines/${id}/${id}`);
  expect(text).toMatch(/<dd>source as declared <a [^>]*larkmail/i);
});

test('what a snapshot notes is the source', async () => {
  const terms = { serviceId: 'Larkmail', termsType: 'Privacy Policy' };
  const [version] = served.get('harbour')?.index().versions(terms, { limit: 1 }) ?? [];
  const path = `/en/harbour/services/Larkmail/Privacy%20Policy/versions/${version?.id}`;
  const text = await pagesOfTest(served).document(path);
  expect(text).toContain('<span class="muted">Source</span>');
  expect(text).not.toMatch(/source as declared/i);
});
