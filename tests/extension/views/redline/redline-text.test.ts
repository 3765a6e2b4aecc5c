// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { element } from '../../../../extension/views/element.ts';
import { redlineText } from '../../../../extension/views/redline/redline-text.ts';
import type { RedlineBlock } from '../../../../server/api/contract.ts';
import { block, wordsIn } from '../../../helpers/extension/made-popup.ts';

const words = wordsIn('en');

/** `[+new+]`, `[-gone-]`, `{…}` for what only readers of screens hear, `<…>` for addresses and signs. */
function shown(of: RedlineBlock): string {
  const read = (node: Node): string => {
    const inside = [...node.childNodes].map(read).join('');
    if (!(node instanceof HTMLElement)) return node.textContent ?? '';
    if (node.className === 'visually-hidden') return `{${inside}}`;
    if (node.className === 'target') return `<${inside}>`;
    if (node.className === 'same') return `~${inside}~`;
    return node.tagName === 'INS' ? `[+${inside}+]` : node.tagName === 'DEL' ? `[-${inside}-]` : inside;
  };
  return read(element('div', {}, redlineText(of, words)));
}

/** Without what only readers of screens hear. */
const seen = (of: RedlineBlock): string => shown(of).replace(/\{[^}]*\}/g, '');

describe('words of a redline', () => {
  test('what is inserted and deleted is marked, and said to readers of screens', () => {
    expect(shown(block('We -deliver-+read+ it.'))).toBe(
      'We [-{ [deleted: }deliver{] }-][+{ [inserted: }read{] }+] it.',
    );
  });

  test('a block that is new as a whole has its label above it, not inside', () => {
    expect(shown(block('+All of it.+', { kind: 'inserted', from: null }))).toBe('[+All of it.+]');
  });

  test('what only moved is marked as such', () => {
    expect(seen(block('Ask us.', { kind: 'moved' }))).toBe('~Ask us.~');
  });

  test.each<[string, Partial<RedlineBlock>, string]>([
    ['## 4. **Use** of +your+ data', { block: 'heading' }, '4. Use of [+your+] data'],
    ['> quoted -words-', {}, 'quoted [-words-]'],
    ['* an +item+', { block: 'list-item' }, 'an [+item+]'],
    ['| a | +b+ | c |', { block: 'table-row' }, '  a   [+b+]   c  '],
    [
      'the row of hyphens under a table’s head',
      { block: 'table-row', spans: [{ kind: 'equal', text: '| a |\n|---|:-:|' }] },
      '  a  ',
    ],
    ['Use of +data+\n=====', { block: 'heading' }, 'Use of [+data+]'],
    ['snake_case and 2 * 3 * 4 +new+', {}, 'snake_case and 2 * 3 * 4 [+new+]'],
    ['\\*not marked\\* +new+', {}, '*not marked* [+new+]'],
    ['one<br/>two +new+', {}, 'one two [+new+]'],
    ['a < b and [brackets] stay +new+', {}, 'a < b and [brackets] stay [+new+]'],
    ['`# a` *b* +c+', { block: 'code' }, '`# a` *b* [+c+]'],
    // Addresses are told where they are what changed.
    ['see [us](https://a.example/x) +now+', {}, 'see us [+now+]'],
    [
      'see [us](-https://a.example/x-+https://b.example/y+)',
      {},
      'see us[-< (https://a.example/x)>-][+< (https://b.example/y)>+]',
    ],
    ['see +[us](https://b.example/(y))+', {}, 'see [+us< (https://b.example/(y))>+]'],
    ['see [us](https://a.exam… and +more+', {}, 'see us and [+more+]'],
    // Signs and blanks are shown where nothing else changed.
    ['a+**+b', {}, 'a[+<**>+]b'],
    ['a+ +b', {}, 'a[+␣+]b'],
  ])('%s', (marked, part, text) => {
    expect(seen(block(marked, part))).toBe(text);
  });

  test('long unchanged runs are shortened to the words beside the change', () => {
    const long = 'many words of no interest '.repeat(40);
    const text = seen(block(`${long}+new+ ${long}-gone- ${long}`));
    expect(text.length).toBeLessThan(500);
    expect(text).toMatch(/^….*interest \[\+new\+\] many .* … .*interest \[-gone-\] many words.*…$/);
  });

  test.each([
    ['brackets without end', '[('.repeat(200_000)],
    ['ends of links', ']('.repeat(200_000)],
    ['stars', '*a '.repeat(200_000)],
    ['backslashes', '\\'.repeat(400_001)],
    ['breaks', '<br'.repeat(200_000)],
    ['halves of characters and NUL', '\ud800\u0000\udc00'.repeat(10_000)],
  ])('hostile: %s', (_name, text) => {
    const hostile: RedlineBlock = {
      ...block(''),
      spans: [
        { kind: 'equal', text: 'a ' },
        { kind: 'inserted', text },
      ],
    };
    expect(seen(hostile).length).toBeLessThan(7_000);
  });
});
