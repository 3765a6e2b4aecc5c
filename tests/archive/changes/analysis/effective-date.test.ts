import { describe, expect, test } from 'vitest';
import { statedDates } from '../../../../archive/changes/analysis/effective-date.ts';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';

const added = (text: string): { side: 'added'; words: string } => ({ side: 'added', words: wordsOf(text).join(' ') });
const stated = (text: string, language?: string): string[] =>
  statedDates([added(text)], language).map(({ date, kind }) => `${kind} ${date}`);

describe('dates that a change states', () => {
  test.each([
    [
      'two in one block',
      'Last updated: 1 May 2024. Effective: 1 June 2024.',
      ['updated 2024-05-01', 'effective 2024-06-01'],
    ],
    ['the phrase behind the date', 'Terms of 1 June 2024 (effective date)', ['effective 2024-06-01']],
    ['a phrase between two dates', 'Posted: 1 May 2024. In force from: 1 June 2024', ['effective 2024-06-01']],
    ['the nearest of several phrases', 'This updated version is effective from 1 June 2024', ['effective 2024-06-01']],
    [
      'a phrase with words between it and the date',
      'Last updated by our legal team on 1 May 2024',
      ['updated 2024-05-01'],
    ],
    ['a date of a fact', 'The law of 6 January 1978 protects your data.', []],
    [
      'a phrase that belongs to the date before',
      'Effective 1 January 2024 until 31 December 2024',
      ['effective 2024-01-01'],
    ],
    [
      'a phrase that is too far away',
      'Effective communication with each of our guests at every place matters since 1 May 2024',
      [],
    ],
    ['the same date twice', 'Updated 1 May 2024. Updated 1 May 2024.', ['updated 2024-05-01']],
    ['a month without a day', 'Last updated: May 2024', []],
    ['day and month that cannot be told apart', 'Last updated: 01/05/2024', []],
    ['no date', 'Last updated recently', []],
  ])('%s: %s', (_, text, expected) => {
    expect(stated(text)).toEqual(expected);
  });

  test('are read in the order of day and month that the language has', () => {
    expect(stated('Dernière mise à jour : 01/05/2024', 'fr')).toEqual(['updated 2024-05-01']);
    expect(stated('Dernière mise à jour : 01/05/2024')).toEqual([]);
  });

  test('are those that came, not those that went', () => {
    const words = added('Last updated: 1 May 2024').words;
    expect(statedDates([{ side: 'removed', words }])).toEqual([]);
    expect(statedDates([{ side: 'removed', words }, added('Last updated: 2 May 2024')])).toEqual([
      { date: '2024-05-02', kind: 'updated' },
    ]);
  });

  test('are found in a block of 200 KB', () => {
    const text = `${'1 may 2024 lorem ipsum dolor '.repeat(7_000)} last updated 3 june 2024`;
    expect(statedDates([{ side: 'added', words: text }])).toEqual([{ date: '2024-06-03', kind: 'updated' }]);
  });
});
