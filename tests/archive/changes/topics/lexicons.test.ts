import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';
import { loadLexicons } from '../../../../archive/changes/topics/lexicon.ts';
import { TOPICS } from '../../../../archive/changes/topics/topics.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const folder = new URL('../../../../archive/changes/topics/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Words as `wordsOf` gives them, joined by one blank, beside the signs of phrases. */
const isPhrase = (phrase: string): boolean => {
  const parts = phrase.split(' ');
  const bare = parts.filter((part) => part !== '…' && part !== '#').map((part) => part.replace(/^\*|\*$/g, ''));
  const hasBorders = parts[0] !== '…' && parts.at(-1) !== '…';
  const isLong = bare.join('').length > 1 && (bare[0]?.length ?? 0) > (parts[0]?.includes('*') ? 2 : 0);
  return hasBorders && isLong && bare.every((word) => word !== '' && wordsOf(word).join(' ') === word);
};

const Phrases = z.record(z.string(), z.number().min(0).max(1)).superRefine((phrases, context) => {
  for (const phrase of Object.keys(phrases)) {
    if (!isPhrase(phrase)) context.addIssue({ code: 'custom', message: `"${phrase}" is not as wordsOf gives it` });
  }
  const decisive = Object.values(phrases).filter((weight) => weight >= 0.7);
  if (decisive.length < 2) context.addIssue({ code: 'custom', message: 'fewer than two phrases decide alone' });
});
const LexiconFile = z.strictObject({
  version: z.int().min(1),
  language: z.string().regex(/^[a-z]{2}$/),
  topics: z.strictObject(Object.fromEntries(TOPICS.map((topic) => [topic, Phrases]))),
});

describe.each(files)('lexicon %s', (name) => {
  test('is complete and well-formed', () => {
    const result = LexiconFile.safeParse(JSON.parse(text(name)));
    expect(result.error && z.prettifyError(result.error)).toBeUndefined();
  });

  test('is named for its language', () => {
    expect(JSON.parse(text(name)).language).toBe(name.slice(0, -'.json'.length));
  });

  test('says no phrase twice in a topic', () => {
    // JSON.parse would keep the last of two: so the lines of the file are compared.
    const twice: string[] = [];
    let seen = new Set<string>();
    for (const [, key, opens] of text(name).matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*(\{?)/g)) {
      if (opens) seen = new Set();
      else if (key !== undefined && seen.has(key)) twice.push(key);
      else if (key !== undefined) seen.add(key);
    }
    expect(twice).toEqual([]);
  });
});

test('a phrase with a capital letter, a comma or two blanks is none', () => {
  for (const phrase of ['Binding', 'fees, prices', 'two  blanks', '… fee', 'fee …', '*', 'a*', '']) {
    expect(isPhrase(phrase), phrase).toBe(false);
  }
  for (const phrase of ['fee', 'sell … data', '*gebühr*', 'under # years', 'korzystając z']) {
    expect(isPhrase(phrase), phrase).toBe(true);
  }
});

test('a file that is no JSON is named', async () => {
  const directory = await temporaryDirectory();
  writeFileSync(join(directory, 'xx.json'), '{');
  expect(() => loadLexicons(pathToFileURL(`${directory}/`))).toThrow(/xx\.json is not a lexicon of topics/);
});
