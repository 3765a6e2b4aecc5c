import { browser } from 'wxt/browser';
import { type Language, languageOf } from './languages.ts';
import { makeWords, type Words } from './make-words.ts';
import type { Messages } from './messages.ts';

/**
 * Texts in a chosen language, or in the browser's. The browser's own look-up knows only its own language, so the extension's
 * file is read: no request leaves the browser. Works in pages of the extension and in the worker.
 *
 * @param chosen as in the settings
 */
export async function loadWords(chosen: Language | 'auto'): Promise<Words> {
  const language = languageOf(chosen, browser.i18n.getUILanguage());
  const response = await fetch(browser.runtime.getURL(`/_locales/${language}/messages.json`));
  return makeWords(language, (await response.json()) as Messages);
}
