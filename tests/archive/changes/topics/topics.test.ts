import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';
import { TOPIC_LANGUAGES, TOPICS, type Topic, topicsOf } from '../../../../archive/changes/topics/topics.ts';

interface Cases {
  readonly language: string;
  /** Sentences as terms put them, which are about the topic. */
  readonly topics: Readonly<Partial<Record<Topic, readonly string[]>>>;
  /** Sentences that share words with a topic, and are about something else. */
  readonly others: readonly { readonly text: string; readonly isNot: Topic }[];
}

const folder = new URL('../../../fixtures/topics/', import.meta.url);
const cases = readdirSync(folder).map((name): Cases => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
const words = (text: string): string => wordsOf(text).join(' ');
const topics = (language: string, text: string, heading?: string): Topic[] | undefined =>
  topicsOf(language, [{ words: words(text), headings: heading && words(heading) }]);

test('every language with a lexicon has cases', () => {
  expect(cases.map(({ language }) => language).sort()).toEqual([...TOPIC_LANGUAGES].sort());
});

describe.each(cases)('topics in $language', ({ language, topics: sentences, others }) => {
  test.each(TOPICS)('%s has two cases or more', (topic) => {
    expect(new Set(sentences[topic]).size).toBeGreaterThanOrEqual(2);
  });

  test.each(TOPICS.flatMap((topic) => (sentences[topic] ?? []).map((sentence) => ({ topic, sentence }))))(
    '$topic: $sentence',
    ({ topic, sentence }) => {
      expect(topics(language, sentence)).toContain(topic);
    },
  );

  test('has fifteen cases or more of words that speak of something else', () => {
    expect(others.length).toBeGreaterThanOrEqual(15);
  });

  test.each(others)('not $isNot: $text', ({ text, isNot }) => {
    expect(topics(language, text)).not.toContain(isNot);
  });
});

describe('topics of a change', () => {
  test('are told of no language without a lexicon, nor of an unknown one', () => {
    expect(topics('sv', 'Tvister avgörs genom skiljedom.')).toBeUndefined();
    expect(topicsOf(undefined, [{ words: 'binding arbitration' }])).toBeUndefined();
  });

  test('are read in the language of the text, where the document holds several', () => {
    const english = 'You may close your account at any time, and you will not be charged a fee for this.';
    const german = 'Wir können Ihr Konto sperren, wenn Sie gegen diese Bedingungen verstoßen oder uns täuschen.';
    expect(topics('de', english)).toEqual(expect.arrayContaining(['account/termination', 'money/fees']));
    expect(topics('en', german)).toContain('account/suspension');
    expect(topics('sv', english)).toContain('account/termination');
    expect(topics('en', 'Você pode encerrar a sua conta quando quiser, e não haverá uma taxa para isso.')).toEqual([]);
  });

  test('are none where nothing speaks of one', () => {
    expect(topics('en', 'The garden behind the house is green.')).toEqual([]);
    expect(topicsOf('en', [])).toEqual([]);
  });

  test('are inherited from the heading', () => {
    expect(topics('en', 'This does not apply in some countries.')).toEqual([]);
    expect(topics('en', 'This does not apply in some countries.', 'Binding arbitration')).toEqual([
      'disputes/arbitration',
    ]);
    expect(topics('fr', 'Cela ne vaut pas pour tous.', 'Remboursements')).toEqual(['money/refunds']);
  });

  test("are led by the text's own words, not by the heading's", () => {
    expect(topics('en', 'We do not sell your personal information to data brokers.', 'Refunds')?.[0]).toBe('data/sale');
  });

  test('are at most three, the weightiest first', () => {
    const all = cases.find(({ language }) => language === 'en')?.topics ?? {};
    const everything = Object.values(all).flat().join(' ');
    expect(topics('en', everything)).toHaveLength(3);
    const some = topics('en', 'Arbitration: the arbitrator decides in binding arbitration. A fee may be due.');
    expect(some?.[0]).toBe('disputes/arbitration');
  });

  test('are found behind elisions and inside compounds', () => {
    expect(topics('fr', "Il s'agit d'arbitrage et de l'arbitrage.")).toContain('disputes/arbitration');
    expect(topics('it', "L'utente può chiedere dell'arbitrato.")).toContain('disputes/arbitration');
    expect(topics('de', 'Es gilt die Schiedsgerichtsvereinbarung.')).toContain('disputes/arbitration');
    expect(topics('nl', 'De administratiekosten worden verhoogd.')).toContain('money/fees');
  });

  test('do not depend on the order of the texts', () => {
    const texts = ['We charge a fee.', 'Disputes go to arbitration.', 'Cookies are used.'].map((text) => ({
      words: words(text),
    }));
    expect(topicsOf('en', texts)).toEqual(topicsOf('en', [...texts].reverse()));
  });

  test('say of a repeated word less than of several', () => {
    const repeated = 'fees '.repeat(6);
    const several = 'We share your information with third parties, and disclose it to our partners.';
    expect(topics('en', `${repeated} ${several}`)?.[0]).toBe('data/sharing');
  });
});

describe('hostile texts', () => {
  test.each([
    ['one word of 500 KB', 'a'.repeat(500_000)],
    ['one compound of 500 KB', 'gebührenschiedsgericht'.repeat(25_000)],
    ['first words of phrases again and again', 'share transfer delete '.repeat(25_000)],
    ['nothing but blanks', ' '.repeat(500_000)],
    ['names of properties', 'constructor __proto__ tostring hasownproperty '.repeat(10_000)],
    ['halves of surrogate pairs and NUL', '\ud800 \udc00 \0 '.repeat(50_000)],
  ])('%s: no topic but its own', (_, text) => {
    for (const language of TOPIC_LANGUAGES)
      expect(topicsOf(language, [{ words: text }])?.length).toBeLessThanOrEqual(3);
  });

  test('a topic is found behind 500 KB of other words', () => {
    const text = `${'lorem ipsum dolor '.repeat(28_000)} binding arbitration`;
    expect(topicsOf('en', [{ words: text }])).toEqual(['disputes/arbitration']);
  });
});
