import { describe, expect, test } from 'vitest';
import { formatsOf } from '../../../server/pages/formats.ts';
import { chooseLanguage, LANGUAGE_NAMES, PAGE_LANGUAGES } from '../../../server/pages/languages.ts';

describe('the language of a reader', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT,en;q=0.8', 'de'],
    ['pt-BR, fr;q=0.5, en;q=0.4', 'fr'],
    ['en;q=0.2, es;q=0.9', 'es'],
    ['fr;q=0, de;q=0.1', 'de'],
    ['xx, yy', 'en'],
    ['*', 'en'],
    ['FR-ca', 'fr'],
    ['de;q=nonsense', 'de'],
    [`${'a,'.repeat(10_000)}de`, 'en'],
  ])('%j: %s', (asked, language) => expect(chooseLanguage(asked)).toBe(language));
});

test('each language calls itself by its own name', () => {
  for (const language of PAGE_LANGUAGES) {
    const own = new Intl.DisplayNames(language, { type: 'language' }).of(language);
    expect(LANGUAGE_NAMES[language].toLowerCase()).toBe(own?.toLowerCase());
  }
});

describe('dates and numbers', () => {
  const date = '2024-05-03T22:30:00Z';
  test.each([
    ['en', '3 May 2024', '1,234.5'],
    ['fr', '3 mai 2024', '1 234,5'],
    ['de', '3. Mai 2024', '1.234,5'],
    ['es', '3 de mayo de 2024', '1234,5'],
  ] as const)('in %s, and in UTC', (language, day, number) => {
    const format = formatsOf(language);
    expect(format.day(date)).toBe(day);
    expect(format.number(1234.5).replace(/[\u00a0\u202f]/g, ' ')).toBe(number);
  });

  test.each([
    ['2024-05-03T22:29:30Z', 'this minute'],
    ['2024-05-03T20:00:00Z', '2 hours ago'],
    ['2024-05-02T20:00:00Z', 'yesterday'],
    ['2024-05-06T23:30:00Z', 'in 3 days'],
    ['2021-05-03T22:30:00Z', '3 years ago'],
  ])('how long ago is %s', (then, words) => expect(formatsOf('en').ago(then, new Date(date))).toBe(words));

  test('a code that names no language is shown as it is', () => {
    expect(formatsOf('en').language('not a code')).toBe('not a code');
    expect(formatsOf('de').language('fr')).toBe('Französisch');
  });
});
