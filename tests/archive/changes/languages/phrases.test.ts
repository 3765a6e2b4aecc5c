import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPhraseFinder } from '../../../../archive/changes/languages/phrases.ts';

const found = (phrases: readonly string[], text: string): string[] => {
  const words = text.split(' ');
  const all: string[] = [];
  createPhraseFinder(phrases.map((phrase) => [phrase, phrase] as const)).find(words, (value, start, end) => {
    all.push(`${value} = ${words.slice(start, end).join(' ')}`);
  });
  return all;
};

describe('phrases among words', () => {
  test.each([
    ['fee', 'a fee is due', ['fee = fee']],
    ['fee', 'fees are due', []],
    ['fee*', 'fees are due', ['fee* = fees']],
    ['*gebühr*', 'die bearbeitungsgebühren', ['*gebühr* = bearbeitungsgebühren']],
    ['*kosten', 'versandkosten und kostenlos', ['*kosten = versandkosten']],
    ['binding arbitration', 'by binding arbitration only', ['binding arbitration = binding arbitration']],
    ['binding arbitration', 'arbitration binding', []],
    ['sell … data', 'we sell your personal data', ['sell … data = sell your personal data']],
    ['sell … data', 'we sell data', ['sell … data = sell data']],
    ['sell … data', 'we sell one two three four five data', ['sell … data = sell one two three four five data']],
    ['sell … data', 'we sell one two three four five six data', []],
    ['# days ago', '3 days ago and some days ago', ['# days ago = 3 days ago']],
    ['under # years', 'under 16 years', ['under # years = under 16 years']],
    ['at the end', 'at the', []],
    ['constructor', 'the constructor', ['constructor = constructor']],
    ['fee', 'constructor __proto__ tostring', []],
  ])('%s in: %s', (phrase, text, expected) => {
    expect(found([phrase], text)).toEqual(expected);
  });

  test('all that overlap are told', () => {
    expect(found(['fee*', 'fees', 'fees and charges', '*ees'], 'fees and charges').sort()).toEqual([
      '*ees = fees',
      'fee* = fees',
      'fees = fees',
      'fees and charges = fees and charges',
    ]);
  });

  test('a word is looked at anew in each place', () => {
    expect(found(['late fee'], 'late fee late payment late fee')).toEqual([
      'late fee = late fee',
      'late fee = late fee',
    ]);
  });

  test('as a plain search finds them', () => {
    const word = fc.constantFrom('a', 'ab', 'abc', 'b', 'ba', 'c');
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 3 }),
        fc.array(word, { maxLength: 30 }),
        (phrase, words) => {
          const plain = words.flatMap((_, at) =>
            phrase.every((part, place) => words[at + place] === part) ? [at] : [],
          );
          const places: number[] = [];
          createPhraseFinder([[phrase.join(' '), true]]).find(words, (_, start) => places.push(start));
          expect(places).toEqual(plain);
        },
      ),
    );
  });
});
