import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../../../archive/changes/analysis/documents/document-language.ts';
import { documentState } from '../../../../archive/changes/analysis/documents/state.ts';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';
import { detectLanguage } from '../../../../archive/changes/languages/detect-language.ts';
import { LANGUAGES } from '../../../../archive/changes/languages/language.ts';

const texts: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('../../../fixtures/languages/texts.json', import.meta.url), 'utf8'),
);
const detect = (text: string): string | undefined => detectLanguage(wordsOf(text).join(' '));
const of = (language: string): string => texts[language]?.join(' ') ?? '';
const languages = Object.keys(texts).filter((language) => language !== 'none');

test('every language in which dates are read has cases', () => {
  const complete = [...LANGUAGES.values()].filter(({ months }) => months.length > 0);
  expect(languages).toEqual(expect.arrayContaining(complete.map(({ code }) => code)));
});

const isWhole = (language: string): boolean => (LANGUAGES.get(language)?.months.length ?? 0) > 0;

describe.each(languages)('language %s', (language) => {
  test.each([of(language), ...(texts[language] ?? [])])('is told or left open, never another: %s', (text) => {
    expect([language, undefined]).toContain(detect(text));
  });
});

describe.each(languages.filter(isWhole))('language %s, with words for dates', (language) => {
  test('is told in a few sentences', () => {
    expect(detect(of(language))).toBe(language);
  });

  test('is told beside a sentence of English', () => {
    expect(detect(`${of(language)} ${of(language)} ${texts.en?.[0]}`)).toBe(language);
  });
});

describe('no language', () => {
  test.each(texts.none ?? [])('is told of: %s', (text) => {
    expect(detect(text)).toBeUndefined();
  });

  test('is told of a Japanese or a Russian text with a notice in English', () => {
    const [russian = '', japanese = ''] = texts.none ?? [];
    const notice = 'All rights reserved by the owner of this site.';
    expect(detect(`${japanese.repeat(8)} ${notice}`)).toBeUndefined();
    expect(detect(`${`${russian} `.repeat(8)} ${notice}`)).toBeUndefined();
  });

  test('is told of a text that is half in one and half in another', () => {
    expect(detect(`${of('de')} ${of('en')}`)).toBeUndefined();
  });

  test('is told of hostile texts', () => {
    for (const text of [
      'the'.repeat(100_000),
      '\0'.repeat(1000),
      '\ud800 '.repeat(1000),
      'constructor '.repeat(1000),
    ]) {
      expect(detect(text)).toBeUndefined();
    }
  });
});

test('of a version, the language of its blocks together', () => {
  const blocks = (texts.nl ?? []).join('\n\n');
  expect(languageOf(documentState(`# Terms of service\n\n${blocks}\n`))).toBe('nl');
  expect(languageOf(documentState('# Terms\n'))).toBeUndefined();
});
