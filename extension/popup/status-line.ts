import { button, element } from '../views/element.ts';
import type { Words } from '../words/make-words.ts';

export interface StatusLine {
  readonly line: HTMLElement;
  readonly say: (text: string, canUndo: boolean) => void;
  /** Puts the focus where what was just done can be undone. */
  readonly focus: () => void;
}

/** What was just done, said to readers of screens too, with the way to undo it. */
export function statusLine(words: Words, undo: () => void): StatusLine {
  // There from the beginning: what appears together with its words is not said by all readers of screens.
  const said = element('p', { role: 'status' });
  const back = button(words('popup_undo'), undo, { class: 'plain undo', 'aria-keyshortcuts': 'u', hidden: true });
  const line = element('div', { class: 'status' }, [said, back]);
  return {
    line,
    say: (text, canUndo) => {
      line.classList.add('is-said');
      said.textContent = text;
      back.hidden = !canUndo;
    },
    focus: () => back.focus(),
  };
}
