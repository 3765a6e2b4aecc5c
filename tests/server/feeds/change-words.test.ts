import { describe, expect, test } from 'vitest';
import type { VersionAnalysis } from '../../../archive/index/indexed-record.ts';
import { summaryOf, type ToldChange, titleOf } from '../../../server/feeds/change-words.ts';
import type { Gist } from '../../../server/pages/parts/gist.ts';

const ANALYSIS: VersionAnalysis = {
  class: 'text',
  state: 'ok',
  alert: true,
  significance: 0.5,
  topics: ['money/fees'],
  language: 'en',
  statedDates: [],
  undoes: [],
  wordsAdded: 1,
  wordsRemoved: 1_200,
};
const MAY = new Date('2024-05-03T23:30:00Z');
const JUNE = new Date('2024-06-03T00:00:00Z');

const change = (analysis: Partial<VersionAnalysis>, undoes: Date[] = [], isPersisting = false): ToldChange => ({
  serviceName: 'Brass',
  termsType: 'Terms',
  analysis: { ...ANALYSIS, ...analysis },
  undoes,
  isPersisting,
});

describe('titles', () => {
  test.each<[string, ToldChange]>([
    ['Terms of Brass changed: prices and fees', change({})],
    ['Terms of Brass changed', change({ topics: [] })],
    ['Terms of Brass changed', change({ topics: null })],
    ['Terms of Brass: new dates', change({ class: 'date' })],
    ['Terms of Brass: links lead elsewhere', change({ class: 'links' })],
    ['Terms of Brass went back to an earlier text: prices and fees', change({ state: 'reverted' })],
    [
      'Terms of Brass went back to an earlier text: prices and fees; the change of 3 May 2024 was undone',
      change({ state: 'reverted' }, [MAY]),
    ],
    ['Terms of Brass: what looked like a faulty capture stayed', change({ state: 'persisting' })],
    ['Terms of Brass: what looked like a faulty capture stayed', change({ state: 'suspect', alert: false }, [], true)],
    ['Terms of Brass changed, and it stayed: prices and fees', change({}, [], true)],
    ['Terms of Brass: the change of 3 May 2024 was undone', change({ state: 'return', alert: false }, [MAY])],
    ['Terms of Brass: 2 changes since 3 May 2024 were undone', change({ state: 'return', alert: false }, [MAY, JUNE])],
    ['Terms of Brass changed: prices and fees; the change of 3 May 2024 was undone', change({}, [MAY])],
    ['Terms of Brass: as it was before', change({ state: 'return', alert: false })],
    ['Terms of Brass: looks like a faulty capture', change({ state: 'suspect', alert: false })],
    ['Terms of Brass: no difference', change({ class: 'none', alert: false })],
    ['Terms of Brass: only formatting', change({ class: 'formatting', alert: false })],
    ['Terms of Brass: only link targets', change({ class: 'links', alert: false })],
    ['Terms of Brass: only the order', change({ class: 'moved', alert: false })],
    ['Terms of Brass: only numbering', change({ class: 'numbering', alert: false })],
    ['Terms of Brass: only dates', change({ class: 'date', alert: false })],
    ['Terms of Brass: only text that comes and goes', change({ alert: false })],
  ])('%s', (title, told) => expect(titleOf(told)).toBe(title));
});

describe('summaries', () => {
  test('begin with what happened in its own words', () => {
    const gist: Gist = {
      heading: 'Fees',
      spans: [
        { kind: 'equal', text: 'We charge ' },
        { kind: 'deleted', text: 'five' },
        { kind: 'inserted', text: 'ten' },
        { kind: 'equal', text: ' euros.' },
      ],
    };
    expect(summaryOf({ ...change({}), gist })).toBe(
      'In “Fees”: We charge [deleted: five] [inserted: ten] euros. 1 word added, 1,200 removed.',
    );
    expect(summaryOf({ ...change({ class: 'formatting' }), gist })).toBe('No words changed.');
  });

  test.each<[string, ToldChange]>([
    ['No words changed.', change({ class: 'formatting', alert: false })],
    ['1 word added, 1,200 removed.', change({})],
    [
      '1 word added, 1,200 removed. Effective 1 July 2024. Last updated 31 May 2024.',
      change({
        statedDates: [
          { date: '2024-07-01', kind: 'effective' },
          { date: '2024-05-31', kind: 'updated' },
        ],
      }),
    ],
    ['1 word added, 1,200 removed. Topics are not available in Danish.', change({ topics: null, language: 'da' })],
    [
      '1 word added, 1,200 removed. It was not told at first; six checks have found it since.',
      change({ state: 'suspect' }, [], true),
    ],
    [
      '1 word added, 1,200 removed. 2 changes since 3 May 2024 were undone: the text is as it was before.',
      change({ state: 'return' }, [MAY, JUNE]),
    ],
  ])('%s', (summary, told) => expect(summaryOf(told)).toBe(summary));
});
