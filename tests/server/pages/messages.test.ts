import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { PAGE_LANGUAGES } from '../../../server/pages/languages.ts';
import { createTranslate, MESSAGES, type MessageKey } from '../../../server/pages/messages.ts';

const KEYS = Object.keys(MESSAGES.en).filter(isKey);
const OTHERS = PAGE_LANGUAGES.filter((language) => language !== 'en');

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(MESSAGES.en, key);
}

interface Element {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
}

/** 0: text, 7: the number of a plural; all others name a place. */
const WITHOUT_NAME: ReadonlySet<number> = new Set([0, 7]);
const PLURAL = 6;

const elementsOf = (message: string, language: string): readonly Element[] =>
  new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst() as readonly Element[];

function placesIn(elements: readonly Element[]): string[] {
  return elements.flatMap(({ type, value, options }) => [
    ...(WITHOUT_NAME.has(type) ? [] : [String(value)]),
    ...Object.values(options ?? {}).flatMap((option) => placesIn(option.value)),
  ]);
}

/** What a message itself says. */
const wordsIn = (elements: readonly Element[]): string[] =>
  elements.flatMap(({ type, value, options }) => [
    ...(type === 0 ? (String(value).match(/\p{L}{2,}/gu) ?? []) : []),
    ...Object.values(options ?? {}).flatMap((option) => wordsIn(option.value)),
  ]);

const placesOf = (key: MessageKey, language: (typeof PAGE_LANGUAGES)[number]): string[] =>
  [...new Set(placesIn(elementsOf(MESSAGES[language][key] ?? '', language)))].sort();

test('places of messages are found', () => {
  expect([...new Set(placesIn(elementsOf('{a} {b, plural, one {# of {c}} other {#}}', 'en')))]).toEqual([
    'a',
    'b',
    'c',
  ]);
});

describe.each(OTHERS)('the messages in %s', (language) => {
  test('are those of English, all of them and no others', () => {
    expect(Object.keys(MESSAGES[language]).sort()).toEqual([...KEYS].sort());
  });

  test('have the places of the English ones', () => {
    const wrong = KEYS.filter((key) => `${placesOf(key, language)}` !== `${placesOf(key, 'en')}`);
    expect(wrong).toEqual([]);
  });

  test('are translated: no sentence is as in English', () => {
    const isSentence = (text: string): boolean => wordsIn(elementsOf(text, 'en')).length > 3;
    const copied = KEYS.filter(
      (key) => isSentence(MESSAGES.en[key] ?? '') && MESSAGES[language][key] === MESSAGES.en[key],
    );
    expect(copied).toEqual([]);
  });
});

describe.each(PAGE_LANGUAGES)('every message in %s', (language) => {
  const t = createTranslate(language);

  test('can be made, for none, one and many', () => {
    for (const key of KEYS) {
      for (const value of [0, 1, 1_234_567]) {
        const values = Object.fromEntries(placesOf(key, language).map((place) => [place, value]));
        expect([key, t(key, values).trim()]).not.toEqual([key, '']);
      }
    }
  });

  test('says something for every number that is counted', () => {
    const without = KEYS.filter((key) =>
      elementsOf(MESSAGES[language][key] ?? '', language).some(
        ({ type, options }) => type === PLURAL && !Object.hasOwn(options ?? {}, 'other'),
      ),
    );
    expect(without).toEqual([]);
  });

  test('has typographic apostrophes and quotation marks, and no white space at its ends', () => {
    const straight = KEYS.filter((key) => /["']/.test(MESSAGES[language][key] ?? ''));
    const loose = KEYS.filter(
      (key) => key !== 'tracking.join' && MESSAGES[language][key]?.trim() !== MESSAGES[language][key],
    );
    expect({ straight, loose }).toEqual({ straight: [], loose: [] });
  });
});

test('French signs have their blanks, which do not break', () => {
  expect(KEYS.filter((key) => / [:;?!»](?:\s|$)|« /.test(MESSAGES.fr[key] ?? ''))).toEqual([]);
});

test('every message is used by some page', () => {
  const directory = join(import.meta.dirname, '../../../server');
  const source = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(directory, file), 'utf8'))
    .join('\n');
  const literals = new Set([...source.matchAll(/'([a-z][\w.-]*\.[\w.-]+)'/gi)].map(([, key]) => key));
  const prefixes = [...source.matchAll(/`([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/gi)].map(([, prefix]) => prefix ?? '');
  const unused = KEYS.filter((key) => !literals.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});
