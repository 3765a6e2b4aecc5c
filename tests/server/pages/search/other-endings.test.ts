import { expect, test } from 'vitest';
import { parseQuery } from '../../../../archive/index/text/parse-query.ts';
import { withOtherEndings } from '../../../../server/pages/search/other-endings.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { servedOfTest } from '../../../helpers/served.ts';

test.each([
  ['class action', 'class action*'],
  ['class actions', 'class action*'],
  ['"class action"', '"class action"*'],
  ['"class actions" waiver', '"class action"* waiver*'],
  ['privacy policies', '(privacy OR privacies) (policies OR policy)'],
  ['refund OR reimbursement', 'refund* OR reimbursement*'],
  ['arbitration -employees', 'arbitration* -employees'],
  ['arbitration NOT employees', 'arbitration* NOT employees'],
  ['(fees OR charges) monthly', '(fees OR charge*) (monthly OR monthlies)'],
  ['Änderung', 'Änderung*'],
  ['“cookies', undefined],
])('%s: %s', (query, expected) => {
  const widened = withOtherEndings(query);
  expect(widened).toBe(expected);
  if (widened !== undefined) expect(() => parseQuery(widened)).not.toThrow();
});

test.each([
  'class',
  'fee',
  'status basis',
  'waive*',
  '"action"',
  '1234567',
  '仲裁条項仲裁条項',
  'arbitration -(class action)',
  'arbitration NOT (class action)',
  'alpha* beta* gamma* delta* epsilon* zeta* eta* theta* further',
  '',
  '"',
])('%s has no other endings to offer', (query) => expect(withOtherEndings(query)).toBeUndefined());

const record = (date: string, content: string) => ({
  ...{ serviceId: 'Pier', termsType: 'Terms of Service', snapshots: [] },
  date: `${date}T08:00:00Z`,
  content,
});

test('the page offers them where they find more, and says nothing where they do not', async () => {
  const content =
    '# Terms\n\nYou waive every class action here.\n\nThere are no class actions <b>.\n\nBoats moor free.';
  const served = await servedOfTest({ collections: [{ id: 'quay', records: [record('2024-01-01', content)] }] });
  const { document } = pagesOfTest(served);
  const offered = (text: string): string | undefined =>
    /<p class="search-also">.*?href="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  const href = offered(await document('/en/search?q=class+action&state=in-force'));
  expect(href).toBe('/base/en/search?q=class+action*&state=in-force');
  const wider = await document(`${href?.slice('/base'.length)}`);
  expect(wider).toContain('2 paragraphs');
  expect(offered(wider)).toBeUndefined();
  expect(offered(await document('/en/search?q=mooring'))).toBeUndefined();
  expect(offered(await document('/en/search?q=boat'))).toBeUndefined();
  expect(offered(await document('/en/search?q=boats+class'))).toBeUndefined();
  expect(offered(await document('/en/search?q=moored+boats'))).toBeUndefined();
  expect(offered(await document('/de/search?q=%22class+action%22'))).toBe('/base/de/search?q=%22class+action%22*');
  expect(offered(await document('/en/search?q=you+waive+every+class+action+here&match=passage'))).toBeUndefined();
});
