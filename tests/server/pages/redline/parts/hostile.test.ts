import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { redline } from '../../../../../archive/changes/redline/redline.ts';
import { redlineBody } from '../../../../../server/pages/redline/parts/redline-body.ts';
import { HOSTILE } from '../../../../helpers/hostile.ts';
import { WORDS } from './redline-parts-of-test.ts';

const parser = new new JSDOM().window.DOMParser();
const ELEMENTS = new Set(['DIV', 'SPAN', 'P', 'H3', 'PRE', 'A', 'INS', 'DEL', 'I', 'DETAILS', 'SUMMARY']);
const ATTRIBUTES = new Set([
  'class',
  'id',
  'dir',
  'lang',
  'href',
  'role',
  'aria-label',
  'aria-hidden',
  'tabindex',
  'data-quotable',
]);

/** Elements, attributes and links that a redline does not have by itself. */
function strangers(html: string): string[] {
  const { body, head } = parser.parseFromString(html, 'text/html');
  const found = [...head.children].map(({ tagName }) => tagName);
  for (const element of body.querySelectorAll('*')) {
    if (!ELEMENTS.has(element.tagName)) found.push(element.tagName);
    for (const { name, value } of element.attributes) {
      if (!ATTRIBUTES.has(name) || (name === 'href' && !/^#[bcd]\d+$/.test(value))) found.push(`${name}=${value}`);
    }
  }
  return found;
}

test.each([...HOSTILE.markdown, ...HOSTILE.names, ...HOSTILE.locations])('is inert in a redline: $name', ({ text }) => {
  const around = 'Words that stand before it and behind it in both of the versions';
  const pairs = [
    ['', text],
    [text, ''],
    [`${around} ${around}`, `${around} ${text} ${around}`],
    [`# ${text}\n\n${around}`, `# ${text}\n\n${around} too`],
    [`| ${around} | a |`, `| ${around} | ${text} |`],
    [`${around} [a](${text}) b`, `${around} [a](x${text}) b`],
  ] as const;
  for (const [before, after] of pairs) {
    for (const view of ['inline', 'side'] as const) {
      const html = String(redlineBody(redline(before, after).blocks, { words: WORDS, view, isAll: true }));
      expect(strangers(html), before).toEqual([]);
    }
  }
});

test('the check finds what does not belong there', () => {
  expect(strangers('<p onclick="x"><img src=x><a href="https://a.example/">x</a></p>')).toEqual([
    'onclick=x',
    'IMG',
    'src=x',
    'href=https://a.example/',
  ]);
});
