import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText } from '../../../../archive/changes/blocks/plain-text.ts';

describe('the words of a block', () => {
  test.each([
    ['plain words', 'We may change it.', 'We may change it.'],
    ['heading', '## 2. Liability ##', '2. Liability'],
    ['heading with an underline', 'Title\n=====', 'Title'],
    ['a hash sign that belongs to a word', 'C# is a language', 'C# is a language'],
    ['item', '* one thing', 'one thing'],
    ['numbered item', '12) one thing', 'one thing'],
    ['item inside an item', '* * one thing', 'one thing'],
    ['quotation', '> first\n> second', 'first second'],
    ['table row', '| Fee | [5 €](https://a.example) |', 'Fee | 5 €'],
    ['head of a table', '| Fee | Due |\n| --- | :-: |', 'Fee | Due'],
    ['rule', '* * *', ''],
    ['hard break', 'first  \nsecond\\\nthird', 'first second third'],
    ['link', 'see [our **Policy**](https://a.example/(x) "Title")', 'see our Policy'],
    ['link whose text and target have parentheses', '[A (b)](http://x.test/(y)) c', 'A (b) c'],
    ['link with an angled target', '[here](<https://a.example/a b>)', 'here'],
    ['brackets that are no link', 'as in [1] and [note]', 'as in [1] and [note]'],
    ['image', 'before ![a picture](data:image/png;base64,AAAA) after', 'before after'],
    ['long image', `a ![b](data:image/png;base64,${'A'.repeat(10_000)}) c`, 'a c'],
    ['image inside a link', '[![logo](a.png) Home](/)', 'Home'],
    ['link inside the text of an image', '![see [this](a)](b) rest', 'rest'],
    ['emphasis', '*a* **b** ***c*** _d_ __e__ ~~f~~ `g`', 'a b c d e f g'],
    ['signs between blanks', '2 * 3 _ 4', '2 * 3 _ 4'],
    ['underscore inside a word', 'the file_name here', 'the file_name here'],
    ['about', '~30 days', '~30 days'],
    ['escapes', '1\\. \\*not\\* \\[a\\] \\_ \\\\', '1. *not* [a] _ \\'],
    ['HTML tags', 'a<br>b <b class="x">bold</b>', 'a b bold'],
    ['HTML comment', 'a <!-- [x](y) > --> b', 'a b'],
    ['signs of comparison', '5 < 6 and 7 > 2', '5 < 6 and 7 > 2'],
    [
      'address between angles',
      'write to <https://a.example> or <a@b.example>',
      'write to https://a.example or a@b.example',
    ],
    ['a link that is not closed', '[a](b', '[a](b'],
    ['NUL', 'a\0b', 'a\0b'],
    ['half a surrogate pair', 'a\ud800*b*', 'a\ud800b'],
  ])('%s', (_what, markdown, words) => {
    expect(plainText(markdown)).toBe(words);
  });

  test('of any text: no more characters than it has, besides separators of table cells', () => {
    const mark = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '!',
      '*',
      '_',
      '`',
      '<',
      '>',
      '|',
      '\\',
      '\n',
      '#',
      ' ',
      'a',
      '-',
      '~',
    );
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 40 }), (marks) => {
        const markdown = marks.join('');
        const words = plainText(markdown);
        expect(words.replace(/[ |]/g, '').length).toBeLessThanOrEqual(markdown.length);
        expect(words).toBe(words.trim());
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['![', '](', '](<', '<!--', '[a](', '<a ', '*a ', '](]()', '`', '|', '\\', '<a <!--'])(
    'hostile repetition of %j ends',
    (part) => {
      const hostile = part.repeat(100_000);
      for (const end of ['', '>', '-->', ')']) expect(plainText(hostile + end).length).toBeGreaterThanOrEqual(0);
    },
  );
});
