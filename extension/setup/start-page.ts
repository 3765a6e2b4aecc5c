import { watchItems } from '../state/item.ts';
import { readSettings } from '../state/settings.ts';
import type { Settings } from '../state/settings-types.ts';
import { type Child, element } from '../views/element.ts';
import type { Words } from '../words/make-words.ts';
import type { WordsKey } from '../words/messages.ts';
import { loadWords } from '../words/words.ts';

export interface Page {
  readonly words: Words;
  /** As they were when the page was built. */
  readonly settings: Settings;
  /** Says to everybody what was just done. */
  say(text: string): void;
}

/** A document of the extension's own: in the chosen language, and built anew when another one is chosen. */
export async function startPage(
  title: WordsKey,
  build: (page: Page) => Promise<readonly HTMLElement[]>,
): Promise<void> {
  let shown: Words['language'] | undefined;
  const show = async (): Promise<void> => {
    const settings = await readSettings();
    const words = await loadWords(settings.language);
    if (words.language === shown) return;
    shown = words.language;
    const said = element('p', { class: 'said', role: 'status' });
    const say = (text: string): void => {
      said.textContent = text;
    };
    const parts = await build({ words, settings, say });
    const focused = document.activeElement?.id;
    document.documentElement.lang = words.language;
    document.title = words('page_title', { page: words(title) });
    document.body.replaceChildren(...parts, said);
    if (focused) document.getElementById(focused)?.focus();
  };
  await show();
  watchItems(
    (item) => item === 'settings',
    () => void show(),
  );
}

/** A part with a heading that links may lead to. */
export const section = (id: string, heading: string, children: readonly Child[]): HTMLElement =>
  element('section', { id, 'aria-labelledby': `${id}-heading` }, [
    element('h2', { id: `${id}-heading`, tabindex: '-1' }, [heading]),
    ...children,
  ]);

export const paragraph = (text: string, className?: string): HTMLElement => element('p', { class: className }, [text]);
