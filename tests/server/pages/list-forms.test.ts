import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { pagesOfTest } from '../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';
import { appOfTest } from '../http/app-of-test.ts';

const LISTS = 'post:\n  name: Post\n  members:\n    - harbour/Larkmail\n';
const TERMS = '/en/harbour/services/Larkmail/Terms%20of%20Service';
const TABLES = ['text/csv', 'application/json'];
const FEEDS = ['application/atom+xml', 'application/feed+json'];

let served: ServedOfTest;
const queries = createQueryPool({ threads: 1 });
beforeAll(async () => {
  served = await openServed({ lists: LISTS });
  served.enter('harbour', (ledger) => {
    const date = new Date('2026-02-20T08:00:00Z');
    const run = { kind: 'track', startedAt: date, engineVersion: 'clausewatch/0', services: 3, terms: 4 } as const;
    const names = { runId: ledger.startRun(run), date, serviceId: 'Larkmail', termsType: 'Terms of Service' };
    const location = 'https://www.larkmail.example/terms';
    const failure = { stage: 'extract', reason: 'no-match', message: 'No element matches “main”.' } as const;
    const check = { ...names, documentId: undefined, location, attempt: 1, durationMs: 9 };
    ledger.recordCheck({ ...check, ...failure, outcome: 'failed', httpStatus: 200 });
    ledger.recordTermsOutcome({
      ...names,
      versionId: undefined,
      status: 'failed',
      failures: [{ location, ...failure }],
    });
  });
});
afterAll(() => Promise.all([served.close(), queries.close()]));

const documentOf = async (path: string): Promise<Document> =>
  new JSDOM(await pagesOfTest(served).document(path)).window.document;

/** Every page with a list, and the forms that it offers for programs. */
const PAGES: readonly (readonly [path: string, forms: readonly string[]])[] = [
  ['/en/', [...TABLES, ...FEEDS]],
  ['/en/?show=everything&service=Larkmail', [...TABLES, ...FEEDS]],
  ['/en/harbour/services/Larkmail', [...TABLES, ...FEEDS]],
  [TERMS, [...TABLES, ...FEEDS]],
  ['/en/services', [...TABLES, ...FEEDS]],
  ['/en/services?name=lark&collection=harbour', [...TABLES, ...FEEDS]],
  ['/en/search?q=larkmail', [...TABLES, ...FEEDS]],
  ['/en/search?q=larkmail&state=removed&sort=date&service=Larkmail', [...TABLES, ...FEEDS]],
  ['/en/compare?type=Terms%20of%20Service', [...TABLES, ...FEEDS]],
  ['/en/compare?q=larkmail&collection=harbour', [...TABLES, ...FEEDS]],
  [`${TERMS}/checks?outcome=failed`, [...TABLES, ...FEEDS]],
  ['/en/lists/post', [...TABLES, ...FEEDS]],
  ['/en/health', TABLES],
];

describe.each(PAGES)('the list of %s', (path, forms) => {
  test('has its forms for programs, each of which answers as what it is said to be', async () => {
    const { app } = appOfTest({ collections: served, queries });
    const links = [...(await documentOf(path)).querySelectorAll<HTMLAnchorElement>('a[type]')];
    expect(links.map(({ type }) => type)).toEqual(forms);
    for (const { type, href } of links) {
      const response = await app.request(href.replace(/^\/base/, ''));
      expect([href, response.status]).toEqual([href, 200]);
      expect(response.headers.get('content-type')).toContain(type);
    }
  });

  test('has a place for what is new since the last visit, and dates to find it by', async () => {
    const page = await documentOf(path);
    expect(page.querySelectorAll('[data-visit]')).toHaveLength(1);
    const dates = [...page.querySelectorAll<HTMLElement>('[data-fetched]')].map(({ dataset }) => dataset.fetched ?? '');
    expect(dates.length).toBeGreaterThan(0);
    expect(dates.filter((date) => Number.isNaN(Date.parse(date)))).toEqual([]);
  });

  test('has no id twice', async () => {
    const ids = [...(await documentOf(path)).querySelectorAll('[id]')].map(({ id }) => id);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  });
});

test('what was searched for makes a list of its own; the words are not kept', async () => {
  const keyOf = async (path: string) =>
    (await documentOf(path)).querySelector<HTMLElement>('[data-visit]')?.dataset.visit;
  const [one, narrowed, other] = await Promise.all(
    ['/en/search?q=larkmail', '/en/search?q=larkmail&collection=harbour', '/en/search?q=cookie'].map(keyOf),
  );
  expect(narrowed).toBe(one);
  expect(other).not.toBe(one);
  expect(one).not.toContain('larkmail');
});
