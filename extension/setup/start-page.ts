import { browser } from 'wxt/browser';
import { readSettings, watchSettings } from '../state/settings.ts';
import { type Child, element } from '../views/element.ts';
import { languageOf } from '../words/languages.ts';
import type { Words } from '../words/make-words.ts';
import type { WordsKey } from '../words/messages.ts';
import { loadWords } from '../words/words.ts';

export interface Page {
  readonly words: Words;
  /** Says to everybody what was just done. */
  say(text: string): void;
  /** Builds everything anew. */
  rebuild(): Promise<void>;
}

/** Milliseconds to read a sentence; after them it covers nothing any more. */
const LONG_ENOUGH = 10_000;

/** A document of the extension's own: in the chosen language, and built anew when another one is chosen. */
export async function startPage(
  title: WordsKey,
  build: (page: Page) => Promise<readonly HTMLElement[]>,
): Promise<void> {
  // Stays when all around it is built anew: readers of screens hear what changes in it.
  const said = element('p', { class: 'said', role: 'status' });
  let fading: ReturnType<typeof setTimeout> | undefined;
  const say = (text: string): void => {
    clearTimeout(fading);
    said.textContent = text;
    fading = setTimeout(() => said.replaceChildren(), LONG_ENOUGH);
  };
  let shown: Words['language'] | undefined;
  let notKept = '';
  // Where storage is full or broken, what somebody chose is lost: they are told.
  addEventListener('unhandledrejection', () => say(notKept));
  const rebuild = async (): Promise<void> => {
    const words = await loadWords(
      await readSettings().then(
        ({ language }) => language,
        // Nothing that is kept can be read: the document says so itself, and offers to delete it.
        () => 'auto' as const,
      ),
    );
    shown = words.language;
    notKept = words('options_not_kept');
    const parts = await build({ words, say, rebuild });
    const focused = document.activeElement?.id;
    document.documentElement.lang = words.language;
    document.title = words('page_title', { page: words(title) });
    for (const child of [...document.body.children]) if (child !== said) child.remove();
    document.body.prepend(...parts);
    if (focused) document.getElementById(focused)?.focus();
  };
  document.body.append(said);
  await rebuild();
  // Parts of another document's address are there only now.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  watchSettings(({ language }) => {
    if (languageOf(language, browser.i18n.getUILanguage()) !== shown) void rebuild();
  });
}

/** A part with a heading that links may lead to. */
export const section = (id: string, heading: string, children: readonly Child[]): HTMLElement =>
  element('section', { id, 'aria-labelledby': `${id}-heading` }, [
    element('h2', { id: `${id}-heading`, tabindex: '-1' }, [heading]),
    ...children,
  ]);

/** All parts that can be built; what cannot be read is said above the others, which still work. */
export async function sectionsOf(
  page: Page,
  builders: readonly ((page: Page) => HTMLElement | Promise<HTMLElement>)[],
): Promise<{ readonly sections: readonly HTMLElement[]; readonly fault: HTMLElement | undefined }> {
  const built = await Promise.allSettled(builders.map(async (build) => build(page)));
  const sections = built.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const isWhole = sections.length === builders.length;
  // Firefox gives nothing that was downloaded to the documents of a private window.
  const why = browser.extension?.inIncognitoContext ? 'page_private' : 'empty_damaged';
  return { sections, fault: isWhole ? undefined : paragraph(page.words(why), 'state fault') };
}

export const paragraph = (text: string, className?: string): HTMLElement => element('p', { class: className }, [text]);
