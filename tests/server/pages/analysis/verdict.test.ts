import { beforeAll, describe, expect, test } from 'vitest';
import type { ChangeAnalysis } from '../../../../server/api/contract.ts';
import { verdict } from '../../../../server/pages/analysis/verdict.ts';
import type { PageContext } from '../../../../server/pages/page-context.ts';
import { pageContextOfTest } from '../../../helpers/page-context.ts';

let page: PageContext;
beforeAll(async () => {
  page = await pageContextOfTest();
});

const TOLD: ChangeAnalysis = {
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
const QUIET: ChangeAnalysis = { ...TOLD, alert: false };
const overlay = (kind: 'awaited' | 'confirmed' | 'not-reproduced' | 'persisting') => ({ kind, date: '2026-02-01' });

describe('whether people are told of a change, and why', () => {
  test.each<[string, ChangeAnalysis]>([
    ['An alert: the words of the terms changed.', TOLD],
    [
      'An alert: the words of the terms changed, in what they say about training of AI and arbitration.',
      { ...TOLD, topics: ['ai/training', 'disputes/arbitration'] },
    ],
    ['An alert: a date of the terms changed.', { ...TOLD, class: 'date' }],
    ['An alert: after a long time', { ...TOLD, state: 'reverted' }],
    ['An alert: it looked like a faulty capture', { ...TOLD, state: 'persisting' }],
    ['An alert: it looked like a faulty capture', { ...QUIET, state: 'suspect', overlay: overlay('persisting') }],
    ['An alert: the words of the terms changed.', { ...TOLD, overlay: overlay('confirmed') }],
    ['No alert: a second fetch did not find', { ...TOLD, overlay: overlay('not-reproduced') }],
    ['No alert yet: the document is fetched again', { ...TOLD, overlay: overlay('awaited') }],
    ['No alert: it looks like a faulty capture.', { ...QUIET, state: 'suspect' }],
    ['No alert: the text went back', { ...QUIET, state: 'return' }],
    [
      'No new alert: it takes back',
      { ...QUIET, state: 'return', undoes: [{ versionId: 'a', fetchDate: '2026-01-01', link: '/a' }] },
    ],
    ['No alert: words changed, but', QUIET],
    ['No alert: only a date changed.', { ...QUIET, class: 'date' }],
    ['No alert: only numbers of sections', { ...QUIET, class: 'numbering' }],
    ['No alert: paragraphs stand in another place', { ...QUIET, class: 'moved' }],
    ['No alert: only links', { ...QUIET, class: 'links' }],
    ['No alert: only the formatting', { ...QUIET, class: 'formatting' }],
    ['No alert: the words are the same.', { ...QUIET, class: 'none' }],
  ])('%s', (sentence, analysis) => expect(verdict(page, analysis, false).startsWith(sentence)).toBe(true));

  test('a technical upgrade', () => {
    expect(verdict(page, QUIET, true)).toBe('No alert: it was recorded because our reading changed.');
  });
});
