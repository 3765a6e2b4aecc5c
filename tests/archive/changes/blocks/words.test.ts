import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOfWords, readWords } from '../../../../archive/changes/blocks/words.ts';
import { tokensOf } from '../../../../archive/changes/redline/tokens.ts';

const key = (markdown: string): string => keyOfWords(readWords(markdown));

describe('the words of a block', () => {
  test.each([
    ['marks of Markdown', '*   **We** `may` _share_ data', 'We may share data'],
    ['case', 'WE MAY SHARE', 'we may share'],
    ['white space and wrapping', 'We  \nmay\u00a0share', 'We may share'],
    ['link targets', '[Contact](https://a.example/1) us', '[Contact](https://b.example/2) us'],
    ['targets with escaped brackets and titles', '[A](https://a.example/\\(x\\) "t") b', 'a b'],
    ['targets with brackets', '[A](https://a.example/(x)_(y)) b', 'a b'],
    ['images that are their own address', `A ![](data:image/png;base64,${'QUJD'.repeat(3000)}) b`, 'a b'],
    ['images and their texts', 'See ![a shop](https://a.example/i.png) here', 'See here'],
    ['quotes and dashes', '“We” – and ‘you’', '"We" - and \'you\''],
    ['apostrophes', 'You don’t pay', "You don't pay"],
    ['forms of letters', 'ﬁnal Ｆｅｅ', 'final fee'],
    ['escapes', '1\\. a \\[x\\]', '1. a [x]'],
  ])('%s make no difference', (_, a, b) => {
    expect(key(a)).toBe(key(b));
  });

  test.each([
    ['a separator', 'Fee of 1.5 %', 'Fee of 15 %'],
    ['per cent', 'Fee of 5 %', 'Fee of 5'],
    ['a currency', 'It costs €5', 'It costs $5'],
    ['a sign', 'at -5 degrees', 'at 5 degrees'],
    ['a negation', "We can't share", 'We can share'],
    ['a number', 'within 28 days', 'within 90 days'],
    ['order', 'you us', 'us you'],
    ['accents', 'año', 'ano'],
    ['borders of words', 'now here', 'nowhere'],
    ['a character of a script without spaces', '三十日', '四十日'],
    ['a sign of a long vowel', 'サーバーABC', 'サバABC'],
  ])('%s does', (_, a, b) => {
    expect(key(a)).not.toBe(key(b));
  });

  test('a range is no minus', () => {
    expect(key('for 30-90 days')).toBe(key('for 30 – 90 days'));
  });

  test('brackets that nothing closes hide nothing', () => {
    expect(key(`[a](${'b '.repeat(3000)}) c`)).toBe(key(`a ${'b '.repeat(3000)} c`));
    expect(key('![a b')).toBe(key('a b'));
  });
});

test('tokens, joined, are the text, and no pair of surrogates is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const tokens = tokensOf(text);
      expect(tokens.join('')).toBe(text);
      for (const token of tokens) expect(token.isWellFormed()).toBe(true);
    }),
    { numRuns: 1000 },
  );
  expect(tokensOf("It's 1,000.50 € [here](https://a.example), ===x")).toEqual([
    "It's",
    ' ',
    '1,000.50',
    ' ',
    '€',
    ' ',
    '[',
    'here',
    '](https://a.example)',
    ',',
    ' ',
    '===',
    'x',
  ]);
});

test('each letter of a script without spaces is a token, and no word of another script goes on with it', () => {
  expect(tokensOf('サーバーcookie')).toEqual(['サ', 'ー', 'バ', 'ー', 'cookie']);
  expect(tokensOf('ㄅㄆ 〆切')).toEqual(['ㄅ', 'ㄆ', ' ', '〆', '切']);
});
