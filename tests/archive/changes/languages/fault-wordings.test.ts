import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';
import { LANGUAGES } from '../../../../archive/changes/languages/language.ts';

const read = (name: string): Readonly<Record<string, readonly string[]>> =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/languages/${name}.json`, import.meta.url), 'utf8'));
const answers = read('faults');
const terms = read('texts');
const wordings = [...LANGUAGES.values()].flatMap(({ faults }) => faults);
const found = (text: string): string[] => {
  const words = ` ${wordsOf(text).join(' ')} `;
  return wordings.filter((wording) => words.includes(` ${wording} `));
};

test('every language with wordings has cases', () => {
  const withWordings = [...LANGUAGES.values()].filter(({ faults }) => faults.length > 0).map(({ code }) => code);
  expect(Object.keys(answers).sort()).toEqual(withWordings.sort());
});

describe.each(Object.entries(answers))('answers in the place of terms, %s', (language, texts) => {
  test.each(texts)('%s', (text) => {
    const own = LANGUAGES.get(language)?.faults ?? [];
    expect(found(text).filter((wording) => own.includes(wording))).not.toEqual([]);
  });

  test('are not seen in sentences of terms', () => {
    for (const text of terms[language] ?? []) expect(found(text)).toEqual([]);
  });
});
