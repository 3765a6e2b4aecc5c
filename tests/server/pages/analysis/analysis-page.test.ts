import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reasonSentence } from '../../../../archive/changes/analysis/reason-sentence.ts';
import { PAGE_LANGUAGES } from '../../../../server/pages/languages.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

const TERMS = '/harbour/services/Larkmail/Terms%20of%20Service/versions';
let served: ServedOfTest;
/** Oldest first: first record, change, technical upgrade, change. */
let ids: readonly string[];

beforeAll(async () => {
  served = await openServed();
  const reader = served.get('harbour')?.index();
  ids = (reader?.versions({ serviceId: 'Larkmail', termsType: 'Terms of Service' }, { limit: 9 }) ?? [])
    .map(({ id }) => id)
    .toReversed();
});
afterAll(() => served.close());

describe('why a change was judged as it was', () => {
  test.each(PAGE_LANGUAGES)('in %s, with all reasons as the API has them', async (language) => {
    const pages = pagesOfTest(served);
    const text = await pages.document(`/${language}${TERMS}/${ids[1]}/analysis`);
    const reader = served.get('harbour')?.index();
    const version = reader?.versionById(ids[1] ?? '');
    const reasons = version ? (reader?.reasons(version) ?? []).map(reasonSentence) : [];
    expect(reasons.length).toBeGreaterThan(0);
    const list = [...new JSDOM(text).window.document.querySelectorAll('.reasons li')];
    expect(list).toHaveLength(reasons.length);
    if (language === 'en') expect(list.map(({ textContent }) => textContent)).toEqual(reasons);
    else for (const item of list) expect(reasons).not.toContain(item.textContent);
    expect(text).toContain(`/redlines/${ids[0]}/${ids[1]}`);
    expect(text).toContain(`href="/base/${language}/?topic=disputes%2Farbitration"`);
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(pages.errors).toEqual([]);
  });

  test('of a first record there is nothing to judge', async () => {
    const text = await pagesOfTest(served).document(`/en${TERMS}/${ids[0]}/analysis`);
    expect(text).toContain('without an earlier one there is nothing to judge');
    expect(text).not.toContain('/redlines/');
  });

  test('while it is not judged yet, the page says so and is not kept', async () => {
    const unread = await openServed({ withText: false });
    try {
      const id = unread.get('harbour')?.index().latestVersion('Larkmail', 'Terms of Service')?.id;
      const response = await pagesOfTest(unread).get(`/en${TERMS}/${id}/analysis`);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('not judged yet');
    } finally {
      await unread.close();
    }
  });

  test.each([
    ['a version that there is not', `${TERMS}/${'a'.repeat(40)}/analysis`],
    ['what is no id', `${TERMS}/latest/analysis`],
    ['other terms', `/harbour/services/Larkmail/Privacy%20Policy/versions/ID/analysis`],
    ['a collection that there is not', `/nowhere/services/A/B/versions/ID/analysis`],
  ])('%s: not found', async (_name, path) => {
    const response = await pagesOfTest(served).get(`/en${path.replace('ID', ids[1] ?? '')}`);
    expect(response.status).toBe(404);
  });
});
