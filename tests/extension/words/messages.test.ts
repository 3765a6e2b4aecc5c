import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messageOfId } from '../../../extension/words/ids.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../extension/words/languages.ts';
import type { Message } from '../../../extension/words/messages.ts';

const ROOT = join(import.meta.dirname, '../../..');
const EXTENSION = join(ROOT, 'extension');
const LOCALES = join(EXTENSION, 'public/_locales');
const MOST_DESCRIPTION = 132;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const MESSAGES = Object.fromEntries(
  LANGUAGES.map((language) => [language, readJson(join(LOCALES, language, 'messages.json'))]),
) as Readonly<Record<Language, Readonly<Record<string, Message>>>>;
const NAMES = Object.keys(MESSAGES.en);
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

const textOf = (language: Language, name: string): string => MESSAGES[language][name]?.message ?? '';
const placesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name.toLowerCase()))].sort();

/** A count of one may be said by a word. */
const placesBut = (language: Language, name: string, left: string): readonly string[] =>
  placesIn(textOf(language, name)).filter((place) => place !== left);

test('there is a folder for each language and no other', () => {
  expect(readdirSync(LOCALES).sort()).toEqual(Object.keys(LANGUAGE_NAMES).sort());
});

describe.each(OTHERS)('the texts in %s', (language) => {
  test('are those of English, all of them and no others', () => {
    expect(Object.keys(MESSAGES[language]).sort()).toEqual([...NAMES].sort());
  });

  test('have the places of the English ones', () => {
    const left = (name: string): string => (name.endsWith('_one') ? 'count' : '');
    const wrong = NAMES.filter(
      (name) => `${placesBut(language, name, left(name))}` !== `${placesBut('en', name, left(name))}`,
    );
    expect(wrong).toEqual([]);
  });

  test('are translated: no sentence is as in English', () => {
    const copied = NAMES.filter(
      (name) =>
        (textOf('en', name).match(/\p{L}{2,}/gu) ?? []).length > 3 && textOf(language, name) === textOf('en', name),
    );
    expect(copied).toEqual([]);
  });
});

describe.each(LANGUAGES)('every text in %s', (language) => {
  test('notes its places as browsers want it', () => {
    const wrong = Object.entries(MESSAGES[language]).filter(
      ([, { message, placeholders }]) => `${placesIn(message)}` !== `${Object.keys(placeholders ?? {}).sort()}`,
    );
    expect(wrong).toEqual([]);
  });

  test('says something, without a typewriter’s quotation marks and white space at its ends', () => {
    const wrong = NAMES.filter(
      (name) => !/^\S(?:.*\S)?$/su.test(textOf(language, name)) || /["']/.test(textOf(language, name)),
    );
    expect(wrong).toEqual([]);
  });

  test('counts one where it counts many', () => {
    const pair = (name: string): string =>
      name.replace(/_(one|other)$/, (_, form) => (form === 'one' ? '_other' : '_one'));
    const alone = NAMES.filter((name) => pair(name) !== name && !NAMES.includes(pair(name)));
    expect(alone).toEqual([]);
  });

  test('has a description that stores take', () => {
    expect(textOf(language, 'extensionDescription').length).toBeLessThanOrEqual(MOST_DESCRIPTION);
  });
});

test('names of texts are told apart by more than their case, and a text is not counted and uncounted at once', () => {
  expect(new Set(NAMES.map((name) => name.toLowerCase())).size).toBe(NAMES.length);
  expect(NAMES.filter((name) => NAMES.includes(`${name}_other`))).toEqual([]);
});

test('French signs have their blanks, which do not break', () => {
  expect(NAMES.filter((name) => / [:;?!»](?:\s|$)|« |[^\s ][;?!](?:\s|$)/.test(textOf('fr', name)))).toEqual([]);
});

test('every text is used', () => {
  const files = readdirSync(EXTENSION, { recursive: true, encoding: 'utf8' });
  const source = files
    .filter((file) => file.endsWith('.ts') && !/^\.(?:output|wxt)/.test(file))
    .map((file) => readFileSync(join(EXTENSION, file), 'utf8'))
    .join('\n');
  const literals = new Set([...source.matchAll(/'(?:__MSG_)?(\w+?)(?:__)?'/g)].map(([, key]) => key));
  const prefixes = [...source.matchAll(/`([a-z]\w*_)\$\{/gi)].map(([, prefix = '']) => prefix);
  const byId = ['mark_', 'topic_', 'field_', 'type_'];
  const unused = NAMES.filter((name) => {
    const key = name.replace(/_(?:one|other)$/, '');
    return (
      !literals.has(key) && !literals.has(name) && ![...prefixes, ...byId].some((prefix) => key.startsWith(prefix))
    );
  });
  expect(unused).toEqual([]);
});

describe('words of the website', () => {
  const website = join(ROOT, 'server/pages');

  test.each(LANGUAGES)('classes and topics in %s are called the same', (language) => {
    const pages = readJson(join(website, `messages/${language}.json`)) as Readonly<Record<string, string>>;
    const kinds = { 'mark.': 'mark', 'topic.': 'topic', 'topicField.': 'field' } as const;
    /** What stands in the extension under no id of the server's: no change that people are told of is one of these. */
    const elsewhere = ['mark_upgrade', 'mark_first', 'mark_pending'];
    const expected = Object.entries(pages).flatMap(([key, text]) =>
      Object.entries(kinds).flatMap(([prefix, kind]) =>
        key.startsWith(prefix) ? [[messageOfId(kind, key.slice(prefix.length)), text] as const] : [],
      ),
    );
    expect(expected.length).toBeGreaterThan(50);
    for (const [name, text] of expected.filter(([name]) => !elsewhere.includes(name))) {
      expect([name, textOf(language, name)]).toEqual([name, text]);
    }
  });

  const names = join(website, 'terms-types');
  test.each(OTHERS)('types of terms in %s are called the same', (language) => {
    for (const [type, text] of Object.entries(readJson(join(names, `${language}.json`)) as Record<string, string>)) {
      expect(textOf(language, messageOfId('type', type))).toBe(text);
      expect(textOf('en', messageOfId('type', type))).toBe(type);
    }
  });
});
