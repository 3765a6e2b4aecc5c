import { beforeAll, expect, test } from 'vitest';
import type { Change, ChangeAnalysis } from '../../../../server/api/contract.ts';
import type { PageContext } from '../../../../server/pages/page-context.ts';
import { changeNotes, takenBackAmong } from '../../../../server/pages/parts/change-notes.ts';
import { pageContextOfTest } from '../../../helpers/page-context.ts';

let page: PageContext;
beforeAll(async () => {
  page = await pageContextOfTest();
});

const ANALYSIS: ChangeAnalysis = {
  class: 'text',
  state: 'ok',
  alert: true,
  significance: 0.5,
  topics: [],
  topicsUnavailable: null,
  language: 'en',
  statedDates: [],
  wordsAdded: 3,
  wordsRemoved: 1,
  undoes: [],
  overlay: null,
  reasons: '/api/reasons',
};

const change = (id: string, fetchDate: string, undoes: ChangeAnalysis['undoes'] = []): Change => {
  const known: Partial<Change> = {
    collection: 'harbour',
    serviceId: 'Larkmail',
    termsType: 'Privacy Policy',
    id,
    previousId: 'x',
    fetchDate,
    analysis: { ...ANALYSIS, undoes },
  };
  return known as Change;
};

const textOf = async (of: Change, takenBack: string | undefined): Promise<string> =>
  String(await changeNotes(page, of, takenBack)).replace(/<[^>]+>/g, '');

test.each([
  ['2026-02-03T18:00:00Z', 'taken back the same day', 'withdraws the change of the same day'],
  ['2026-02-05T18:00:00Z', 'taken back on 5 February 2026', 'withdraws the change of 3 February 2026'],
])('a change and the one of %s that takes it back each tell of the other', async (date, brought, withdrawn) => {
  const first = change('a', '2026-02-03T06:00:00Z');
  const second = change('b', date, [{ versionId: 'a', fetchDate: first.fetchDate, link: '/a' }]);
  const takenBack = takenBackAmong([second, first]);
  expect(await textOf(first, takenBack(first))).toBe(brought);
  expect(await textOf(second, takenBack(second))).toBe(withdrawn);
});

test('a commit that holds versions of several terms: only those that were withdrawn are told so', () => {
  const first = change('a', '2026-02-03T06:00:00Z');
  const other = { ...first, termsType: 'Terms of Service' };
  const takenBack = takenBackAmong([
    change('b', '2026-02-05T18:00:00Z', [{ versionId: 'a', fetchDate: first.fetchDate, link: '/a' }]),
    first,
    other,
  ]);
  expect([first, other].map(takenBack)).toEqual(['2026-02-05T18:00:00Z', undefined]);
});
