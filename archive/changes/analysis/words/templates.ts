import { blockWords } from '../documents/block-facts.ts';
import { remembering } from './text-memo.ts';

/** What a tool should have filled in: "{{ name }}", "{$language}", "${count}", "<%= title %>", "%TITLE%". */
const PLACEHOLDER =
  /\{\{[^{}\n]{1,100}\}\}|%7B%7B(?:(?!%7D)[^\s]){1,100}%7D%7D|\{\$\w{1,60}\}|\$\{[\w.]{1,60}\}|<%=?[^%\n]{1,100}%>|(?<![\w%])%[A-Z][A-Z_]{2,60}%/giu;
const TARGET = /\]\([^()\s]*\)/g;

/** Whether a block shows a template that was not filled in. Where its links lead says nothing. */
export const isUnrendered = (markdown: string): boolean =>
  (markdown.includes('{') || markdown.includes('%')) && showsPlaceholder(markdown);

const showsPlaceholder = remembering((markdown) => markdown.replace(TARGET, ']').search(PLACEHOLDER) >= 0);

/** Whether words are those of a template, filled in. */
export function isRenderingOf(words: string, template: string): boolean {
  const pieces = template
    .replace(TARGET, ']')
    .split(PLACEHOLDER)
    .map((piece) => blockWords(piece));
  if (pieces.length < 2 || pieces.join('').length === 0) return false;
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
  if (!words.startsWith(first) || !words.endsWith(last)) return false;
  let at = 0;
  for (const piece of pieces) {
    const found = words.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}
