import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createStatedDates } from '../../../../archive/changes/analysis/effective-date.ts';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';
import { createDateReader } from '../../../../archive/changes/languages/dates.ts';
import { createLanguageDetector } from '../../../../archive/changes/languages/detect-language.ts';
import { LANGUAGES, loadLanguages } from '../../../../archive/changes/languages/language.ts';
import { loadLexicons } from '../../../../archive/changes/topics/lexicon.ts';
import { createTopicFinder } from '../../../../archive/changes/topics/topics.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const root = new URL('../../../../archive/changes/', import.meta.url);
const words = (text: string): string => wordsOf(text).join(' ');

/** Code without comments, which may give examples. */
const bare = (code: string): string => code.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, ' ');

/** What only a file of data should say: codes in quotes, names of months and weekdays, phrases of several words. */
function wordsOfLanguages(code: string): string[] {
  const quoted = bare(code).toLowerCase();
  return [...LANGUAGES.values()].flatMap(
    ({ code: language, months, weekdays, relativeTimes, effective, updated, faults }) => {
      const names = [...months.flat(), ...weekdays].filter((name) => name.length > 4);
      const phrases = [...relativeTimes, ...effective, ...updated, ...faults].filter((phrase) => phrase.includes(' '));
      const found = [...names, ...phrases].filter((name) =>
        new RegExp(`(?<!\\p{L})${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`, 'u').test(quoted),
      );
      return [...found, ...(new RegExp(`(['"\`])${language}\\1`).test(quoted) ? [language] : [])];
    },
  );
}

const modules = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

describe('the code of change analysis knows no language', () => {
  test.each(modules)('%s', (path) => {
    expect(wordsOfLanguages(readFileSync(new URL(path, root), 'utf8'))).toEqual([]);
  });

  test('a code, a month or a phrase in the code would be found', () => {
    expect(wordsOfLanguages("if (language === 'pl') return;")).toEqual(['pl']);
    expect(wordsOfLanguages('const MONTHS = /january|février/;')).toEqual(['january', 'février']);
    expect(wordsOfLanguages("text.includes('last updated')")).toContain('last updated');
    expect(wordsOfLanguages("// 'pl', january and last updated are examples")).toEqual([]);
  });
});

describe('an eighth language', () => {
  const eighth = {
    code: 'xx',
    common: ['ka', 'lo', 'mi', 'nu', 'sa', 'te', 'vo', 'zu'],
    months: ['unu', 'dus', 'tri', 'kvar', 'kvin', 'ses', 'sep7', 'ok', 'nau', 'dek', 'dekunu', 'dekdu'].map((name) => [
      `${name}mon`,
    ]),
    weekdays: ['lundag'],
    dateWords: ['na'],
    dayFirst: true,
    relativeTimes: ['# dagoj pasinte'],
    effective: ['valida ekde'],
    updated: ['novigita'],
  };
  const lexicon = {
    version: 1,
    language: 'xx',
    topics: { 'money/fees': { 'kosto*': 1 }, 'data/sale': { 'vendi … datoj': 1 } },
  };

  test('brings dates, detection and topics by its two files', async () => {
    const directory = await temporaryDirectory();
    for (const part of ['languages', 'topics']) {
      cpSync(new URL(part, root), join(directory, part), { recursive: true, filter: (path) => !path.endsWith('.ts') });
    }
    writeFileSync(join(directory, 'languages/xx.json'), JSON.stringify(eighth));
    writeFileSync(join(directory, 'topics/xx.json'), JSON.stringify(lexicon));
    const languages = loadLanguages(pathToFileURL(join(directory, 'languages/')));
    const lexicons = loadLexicons(pathToFileURL(join(directory, 'topics/')));

    const dates = createDateReader(languages);
    expect(dates.datesIn(words('Lundag, 4 na kvinmon 2024')).map(({ date }) => date)).toEqual(['2024-05-04']);
    expect(dates.withoutDates(words('Ka lo lundag 4 na kvinmon 2024.'))).toBe('ka lo ⟨date⟩');
    expect(dates.withoutRelativeTimes('novigita 3 dagoj pasinte')).toBe('novigita ⟨when⟩');
    expect(dates.datesIn('03/04/2024', 'xx').map(({ date }) => date)).toEqual(['2024-04-03']);
    const stated = createStatedDates(languages);
    expect(stated([{ side: 'added', words: words('Valida ekde 4 kvinmon 2024; novigita 1 trimon 2024') }])).toEqual([
      { date: '2024-05-04', kind: 'effective' },
      { date: '2024-03-01', kind: 'updated' },
    ]);

    const detector = createLanguageDetector(languages);
    expect(detector.decide([detector.count('ka lo mi nu kosto sa te vo zu rapida')])).toBe('xx');
    const topics = createTopicFinder(lexicons, (text) => detector.decide([detector.count(text)]));
    expect(topics.topicsOf('xx', [{ words: 'mi vendi viaj datoj' }, { words: 'kostoj' }])).toEqual([
      'data/sale',
      'money/fees',
    ]);
    expect(topics.topicsOf('en', [{ words: 'binding arbitration' }])).toEqual(['disputes/arbitration']);
  });
});
