import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';
import { LANGUAGES, loadLanguages } from '../../../../archive/changes/languages/language.ts';
import { TOPIC_LANGUAGES } from '../../../../archive/changes/topics/topics.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const folder = new URL('../../../../archive/changes/languages/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const isWords = (text: string): boolean => text !== '' && wordsOf(text).join(' ') === text;
const words = z.string().refine((text) => isWords(text.replaceAll('#', '3')), 'is not as wordsOf gives it');
const word = words.refine((text) => !text.includes(' '), 'is more than one word');
const list = (of: z.ZodType<string>, least: number): z.ZodType<readonly string[]> =>
  z
    .array(of)
    .min(least)
    .refine((all) => new Set(all).size === all.length, 'says something twice');

const code = z.string().regex(/^[a-z]{2}$/);
const ToldApart = z.strictObject({ code, common: list(word, 15) });
const Whole = z.strictObject({
  code,
  common: list(word, 30),
  months: z.array(list(word, 1)).length(12),
  weekdays: list(word, 7),
  dateWords: list(word, 1),
  dayFirst: z.boolean(),
  relativeTimes: list(words, 15),
  effective: list(words, 5),
  updated: list(words, 5),
  copyright: list(words, 1),
  numbering: list(word, 1),
  controls: list(words, 40),
  faults: list(words, 25),
});

describe.each(files)('language file %s', (name) => {
  test('is complete and well-formed', () => {
    const file = read(name);
    const result = ('months' in file ? Whole : ToldApart).safeParse(file);
    expect(result.error && z.prettifyError(result.error)).toBeUndefined();
  });

  test('is named for its language', () => {
    expect(read(name)).toMatchObject({ code: name.slice(0, -'.json'.length) });
  });
});

test('every language with a lexicon has the words for dates and faults', () => {
  for (const language of TOPIC_LANGUAGES)
    expect(Whole.safeParse(read(`${language}.json`)).success, language).toBe(true);
});

test('no month has a name that is another month elsewhere', () => {
  const months = new Map<string, number>();
  for (const language of LANGUAGES.values()) {
    for (const [at, names] of language.months.entries()) {
      for (const name of names) expect([at, undefined], `${name} in ${language.code}`).toContain(months.get(name));
      for (const name of names) months.set(name, at);
    }
  }
});

test('a file that is no JSON is named', async () => {
  const directory = await temporaryDirectory();
  writeFileSync(join(directory, 'xx.json'), '{');
  expect(() => loadLanguages(pathToFileURL(`${directory}/`))).toThrow(/xx\.json is not a language file/);
});

test('a file with frequent words alone gives a language without dates', async () => {
  const directory = await temporaryDirectory();
  writeFileSync(join(directory, 'xx.json'), JSON.stringify({ code: 'xx', common: ['ka', 'lo'] }));
  expect(loadLanguages(pathToFileURL(`${directory}/`)).get('xx')).toMatchObject({ months: [], faults: [] });
});
