import type { ChangeClass } from '../../server/api/contract.ts';
import type { Words } from '../words/make-words.ts';
import { element } from './element.ts';

/** Those of the website (look.md): never without the word beside it. */
const GLYPHS: Readonly<Record<ChangeClass, string>> = {
  text: '■',
  date: '◔',
  links: '↗',
  moved: '⇅',
  formatting: '¶',
  numbering: '№',
  none: '=',
};

/** What a change is at most: a sign and its word. */
export const classMark = (kind: ChangeClass, words: Words): HTMLElement =>
  element('span', { class: `mark mark-${kind}` }, [
    element('span', { 'aria-hidden': 'true' }, [GLYPHS[kind]]),
    ` ${words.mark(kind)}`,
  ]);
