import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messageOfId } from '../../../extension/words/ids.ts';
import { LANGUAGES, type Language, languageOf } from '../../../extension/words/languages.ts';
import { makeWords, type Words } from '../../../extension/words/make-words.ts';
import { fill, type Messages } from '../../../extension/words/messages.ts';

const LOCALES = join(import.meta.dirname, '../../../extension/public/_locales');

const wordsIn = (language: Language): Words =>
  makeWords(language, JSON.parse(readFileSync(join(LOCALES, language, 'messages.json'), 'utf8')) as Messages);

/** Texts of these tests alone. */
const made = (language: Language, messages: Messages) =>
  makeWords(language, messages) as unknown as (
    key: string,
    values?: Readonly<Record<string, string | number>>,
  ) => string;

describe('the language of the interface', () => {
  test.each([
    ['auto', 'en-US', 'en'],
    ['auto', 'de-AT', 'de'],
    ['auto', 'FR', 'fr'],
    ['auto', 'es_419', 'es'],
    ['auto', 'pt-BR', 'en'],
    ['auto', '', 'en'],
    ['fr', 'de-DE', 'fr'],
  ] as const)('chosen %s, browser %s: %s', (chosen, browsers, language) => {
    expect(languageOf(chosen, browsers)).toBe(language);
  });
});

describe('places', () => {
  test('are filled by values, whatever these hold', () => {
    expect(fill('$NAME$ of $TYPE$', { name: '$TYPE$ $1 $& <b>', type: 'x' })).toBe('$TYPE$ $1 $& <b> of x');
  });

  test('without a value are empty, also where objects have something of that name', () => {
    expect(fill('a $CONSTRUCTOR$ b $TOSTRING$', {})).toBe('a  b ');
  });

  test('are found whatever the case of their value’s name', () => {
    expect(made('en', { x: { message: '$SERVICENAME$' } })('x', { serviceName: 'Example' })).toBe('Example');
  });

  test('write numbers as the language does', () => {
    const messages = { x: { message: '$COUNT$' } };
    expect(made('de', messages)('x', { count: 12_345 })).toBe('12.345');
    expect(made('en', messages)('x', { count: 12_345 })).toBe('12,345');
  });
});

describe('one and many', () => {
  const messages = { read_one: { message: 'one' }, read_other: { message: '$COUNT$' } };

  test.each([
    ['en', 0, '0'],
    ['en', 1, 'one'],
    ['de', 2, '2'],
    ['fr', 0, 'one'],
    // French and Spanish have a form for millions, which stands for itself only in other texts.
    ['fr', 1_000_000, '1 000 000'],
    ['es', 1_000_000, '1.000.000'],
  ] as const)('%s %d: %s', (language, count, text) => {
    expect(made(language, messages)('read', { count }).replace(/\s/g, ' ')).toBe(text);
  });
});

describe.each(LANGUAGES)('words in %s', (language) => {
  const words = wordsIn(language);

  test('name what servers name by ids', () => {
    const named = [
      [words.mark('text'), 'text'],
      [words.topicField('ai'), 'ai'],
      [words.topic('data/law-enforcement'), 'data/law-enforcement'],
      [words.termsType('In-App Purchases Policy'), language === 'en' ? '' : 'In-App Purchases Policy'],
    ];
    for (const [name, id] of named) expect(name, id).toMatch(/^\p{L}/u);
    expect(named[2]?.[0]).not.toBe('data/law-enforcement');
    if (language !== 'en') expect(named[3]?.[0]).not.toBe('In-App Purchases Policy');
  });

  test.each(['constructor', 'new/topic', '', '<script>', '__proto__'])('call what is unknown by its id: “%s”', (id) => {
    expect(words.topic(id)).toBe(id);
    expect(words.termsType(id)).toBe(id);
  });

  test('say days, moments and spans', () => {
    const now = new Date('2026-11-23T12:00:00Z');
    expect(words.day('2026-11-21T23:30:00Z')).toContain('21');
    expect(words.shortDay('2026-11-21')).not.toContain('2026');
    expect(words.moment('2026-11-21T23:30:00Z')).toContain('2026');
    expect(words.ago('2026-11-23T10:00:00Z', now)).toMatch(/2/);
    expect(words.list(['a', 'b'])).toMatch(/^a .+ b$/);
  });

  test('show a date that is none as it came', () => {
    expect(words.day('soon')).toBe('soon');
    expect(words.ago('soon', new Date())).toBe('soon');
  });
});

test('what just happened is said as this minute', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  expect(wordsIn('en').ago('2026-11-23T11:59:50Z', now)).toBe('this minute');
  expect(wordsIn('de').ago('2026-11-22T11:59:50Z', now)).toBe('gestern');
});

test.each([
  ['topic', 'ai/training', 'topic_ai_training'],
  ['type', 'Single Sign-On Policy', 'type_single_sign_on_policy'],
  ['mark', '', 'mark_'],
  ['type', '« é »', 'type_'],
] as const)('%s “%s” is the message %s', (kind, id, message) => {
  expect(messageOfId(kind, id)).toBe(message);
});
