import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { isCssSelector } from '../../../archive/declarations/css-syntax.ts';

const { document } = new JSDOM('').window;
const jsdomAccepts = (selector: string): boolean => {
  try {
    document.querySelector(selector);
    return true;
  } catch {
    return false;
  }
};

test.each([
  'main',
  '*',
  '#terms > .text-body:first-of-type',
  'div[data-x="a b"] a[href^=\'/legal\'], p + ul ~ ol',
  'ol > *:not(li)',
  ':is(h1, h2):has(+ p)',
  'tr:nth-child(2n+1)',
  '[aria-label=🇬🇧]',
  '.w-1\\/2 a[href=\\#top]',
  '.überschrift',
  'a:not(.b):not( [c] ) > *:not(#d)',
  `img[src="data:image/png;base64,${'x]'.repeat(2000)}"] + p`,
])('%s is a selector', (selector) => {
  expect(isCssSelector(selector)).toBe(true);
});

test.each([
  '',
  ' ',
  'a[',
  'a,',
  '> a',
  'a > > b',
  '..x',
  '.a.',
  '1abc',
  '#1',
  'p:frist-child',
  'main p;',
  'a!b',
  '"x"',
  'a:not()',
  'a:not(> b)',
  '-',
])('“%s” is none', (selector) => {
  expect(isCssSelector(selector)).toBe(false);
});

// What looks plain is never shown to the parser, so it must be certain.
test('nothing is accepted that jsdom refuses', () => {
  const piece = fc.constantFrom(
    ...'a b div . # [ ] = " \' x - -- _ 1 é : , > + ~ * \\ @ ( ) n even'.split(' '),
    ' ',
    ':nth-child(',
    ':last-child',
    ':not(',
    ':not(a)',
    '[a="b c"]',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const selector = pieces.join('');
      if (isCssSelector(selector)) expect(jsdomAccepts(selector), selector).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

// An expression that goes back and forth over such texts would not end before the test does.
test('hostile texts are judged', () => {
  for (const part of ['a ', '.a', 'a > ', '[a=b]', 'a,', '\\a', ':not(a)', ':not(', '[a="', '"\'']) {
    expect(isCssSelector(`${part.repeat(10_000)}!`)).toBe(false);
  }
});
