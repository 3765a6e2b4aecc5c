import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block } from '../../../../archive/changes/blocks/block.ts';
import { splitBlocks } from '../../../../archive/changes/blocks/split-blocks.ts';

const join = (blocks: readonly Block[]): string => blocks.map(({ markdown, gap }) => markdown + gap).join('');
const kinds = (text: string): string[] => splitBlocks(text).map(({ kind, markdown }) => `${kind}: ${markdown}`);

const cases: readonly { readonly name: string; readonly text: string; readonly blocks: readonly string[] }[] = [
  { name: 'paragraphs', text: 'One.\n\nTwo.', blocks: ['paragraph: One.', 'paragraph: Two.'] },
  {
    name: 'a hard break stays inside',
    text: 'One  \ntwo\n\nThree',
    blocks: ['paragraph: One  \ntwo', 'paragraph: Three'],
  },
  { name: 'Windows line ends', text: 'One\r\n\r\nTwo\r\n', blocks: ['paragraph: One', 'paragraph: Two'] },
  {
    name: 'a line of no-break spaces is blank',
    text: 'One\n\u00a0\u200b\nTwo',
    blocks: ['paragraph: One', 'paragraph: Two'],
  },
  { name: 'ATX headings', text: '### Fees\nText', blocks: ['heading: ### Fees', 'paragraph: Text'] },
  {
    name: 'Setext headings, also of several lines',
    text: 'Terms\n=====\n\nYour\nrights\n------\n\nText',
    blocks: ['heading: Terms\n=====', 'heading: Your\nrights\n------', 'paragraph: Text'],
  },
  {
    name: 'no heading: seven signs, or no space',
    text: '####### a\n\n#b',
    blocks: ['paragraph: ####### a', 'paragraph: #b'],
  },
  {
    name: 'list items, nested ones, and paragraphs in them',
    text: '*   one\n    \n    more\n    \n    1.  inner\n*   two\n- three\n2) four',
    blocks: [
      'list-item: *   one',
      'paragraph:     more',
      'list-item:     1.  inner',
      'list-item: *   two',
      'list-item: - three',
      'list-item: 2) four',
    ],
  },
  {
    name: 'an item that holds a heading is a heading',
    text: '1.  ### Fees\n    \n    Text\n*   Rights\n    ------',
    blocks: ['heading: 1.  ### Fees', 'paragraph:     Text', 'heading: *   Rights\n    ------'],
  },
  {
    name: 'escaped marks are text',
    text: '\\- no item\n\n1\\. no',
    blocks: ['paragraph: \\- no item', 'paragraph: 1\\. no'],
  },
  {
    name: 'a year is no item',
    text: '2024 was\n\n1234567890. no',
    blocks: ['paragraph: 2024 was', 'paragraph: 1234567890. no'],
  },
  {
    name: 'table rows, the head with the hyphens below it',
    text: '| a | b |\n| --- | :-: |\n| 1 | 2 |\n| 3 | 4 |',
    blocks: ['table-row: | a | b |\n| --- | :-: |', 'table-row: | 1 | 2 |', 'table-row: | 3 | 4 |'],
  },
  {
    name: 'rules and the joint of combined terms',
    text: 'a\n\n* * *\n\nb\n\n- - -\n\n---\n\n___',
    blocks: ['paragraph: a', 'rule: * * *', 'paragraph: b', 'rule: - - -', 'rule: ---', 'rule: ___'],
  },
  {
    name: 'fenced code, closed where its fence ends',
    text: 'a\n```js\n# x\n```\nb\n~~~\n* y\n\n## z\n~~~~\nc',
    blocks: [
      'paragraph: a',
      'code: ```js\n# x\n```',
      'paragraph: b',
      'code: ~~~\n* y',
      'code: ## z\n~~~~',
      'paragraph: c',
    ],
  },
  {
    name: 'a fence that nothing closes is text',
    text: '```\na\n\n# b',
    blocks: ['paragraph: ```\na', 'heading: # b'],
  },
  {
    name: 'indented code, outside of lists',
    text: 'a\n\n    b\n    * c\n\nd',
    blocks: ['paragraph: a', 'code:     b\n    * c', 'paragraph: d'],
  },
  {
    name: 'block quotes, by their paragraphs',
    text: '> a\n> \n> b\n\n> *   c\n> *   d\n\n> ### e',
    blocks: ['paragraph: > a\n>', 'paragraph: > b', 'list-item: > *   c', 'list-item: > *   d', 'heading: > ### e'],
  },
  {
    name: 'raw HTML',
    text: '<table>\n<tr><td>a</td></tr>\n</table>\n\nb',
    blocks: ['paragraph: <table>\n<tr><td>a</td></tr>\n</table>', 'paragraph: b'],
  },
  { name: 'blank lines first: a block without Markdown', text: '\n\na', blocks: ['paragraph: ', 'paragraph: a'] },
  { name: 'nothing', text: '', blocks: [] },
];

describe('the blocks of a version', () => {
  test.each(cases)('$name', ({ text, blocks }) => {
    expect(kinds(text)).toEqual(blocks);
    expect(join(splitBlocks(text))).toBe(text);
  });

  test('levels, gaps, and the path of headings above, shared between neighbours', () => {
    const text = 'Terms\n=====\n\nA\n\n### 1\\. [Fees](https://a.example/) **now**\n\nB\n\nC\n\nEnd\n---\n\nD';
    const blocks = splitBlocks(text);
    expect(blocks.map(({ level, gap, headings }) => [level, gap, headings.join(' > ')])).toEqual([
      [1, '\n\n', ''],
      [undefined, '\n\n', 'Terms'],
      [3, '\n\n', 'Terms'],
      [undefined, '\n\n', 'Terms > 1. Fees now'],
      [undefined, '\n\n', 'Terms > 1. Fees now'],
      [2, '\n\n', 'Terms'],
      [undefined, '', 'Terms > End'],
    ]);
    expect(blocks[4]?.headings).toBe(blocks[3]?.headings);
  });

  test.each([
    ['## snake_case_name', 'snake_case_name'],
    ['## [A (b)](http://x.test/(y)) c', 'A (b) c'],
    ['## <b>Fees</b> and *costs* ##', 'Fees and costs'],
    ['*   ## 2\\. ![](a.png) Your `rights`', '2. Your rights'],
    ['> Quoted\n> ------', 'Quoted'],
    [`# ${'a'.repeat(2000)}`, 'a'.repeat(998)],
  ])('the words of the heading %j are those that people read', (heading, words) => {
    expect(splitBlocks(`${heading}\n\nText`).at(-1)?.headings).toEqual([words]);
  });

  test('the joint of combined terms ends the path of headings; an ordinary rule does not', () => {
    const paths = splitBlocks('# A\n\n* * *\n\nb\n\n- - -\n\nc').map(({ headings }) => headings);
    expect(paths.at(2)).toEqual(['A']);
    expect(paths.at(-1)).toEqual([]);
  });

  test('trailing white space of a block is in its gap, so that it does not make another block', () => {
    expect(splitBlocks('a \t \n \n b')).toMatchObject([
      { markdown: 'a', gap: ' \t \n \n' },
      { markdown: ' b', gap: '' },
    ]);
  });
});

const marks = [
  '\n',
  '\r\n',
  ' ',
  '    ',
  '\t',
  '#',
  '=',
  '-',
  '- - -',
  '*',
  '* ',
  '1. ',
  '|',
  '`',
  '```',
  '~~~',
  '>',
  'word',
  '\u00a0',
  '\ud800',
  '\0',
  'é',
];
const markdownLike = fc.array(fc.constantFrom(...marks), { maxLength: 60 }).map((parts) => parts.join(''));

describe('nothing is lost', () => {
  test.each([
    { name: 'made of marks', texts: markdownLike },
    { name: 'any', texts: fc.string({ unit: 'binary', maxLength: 200 }) },
    {
      name: 'with lone surrogates',
      texts: fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 50 })
        .map((units) => String.fromCharCode(...units)),
    },
  ])('texts $name', ({ texts }) => {
    fc.assert(
      fc.property(texts, (text) => {
        const blocks = splitBlocks(text);
        expect(join(blocks)).toBe(text);
        for (const [place, { markdown, gap, kind, level }] of blocks.entries()) {
          expect(gap.replace(/\u200b/g, '').trim()).toBe('');
          expect(markdown === '' ? place : 0).toBe(0);
          expect(level === undefined).toBe(kind !== 'heading');
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    { name: '100,000 equal lines', text: 'Same line.\n'.repeat(100_000) },
    { name: 'a line of a megabyte', text: 'word '.repeat(200_000) },
    {
      name: 'a list 3,000 deep',
      text: Array.from({ length: 3000 }, (_, depth) => `${'    '.repeat(depth)}*   x`).join('\n'),
    },
    { name: '100,000 fences that nothing closes', text: '```a\n\n'.repeat(100_000) },
    {
      name: '10,000 headings',
      text: Array.from({ length: 10_000 }, (_, n) => `${'#'.repeat((n % 6) + 1)} ${n}`).join('\n'),
    },
    { name: 'a heading of marks', text: `# ${'[*_!\\[a]('.repeat(100_000)}` },
    { name: 'a quoted heading with 100,000 quoted blank lines', text: `> # a\n${'>\n'.repeat(100_000)}` },
  ])('$name', ({ text }) => {
    expect(join(splitBlocks(text))).toBe(text);
  });
});
