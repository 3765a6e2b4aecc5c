import { locks } from 'node:worker_threads';
import { vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Page } from '../../../extension/setup/start-page.ts';
import type { Language } from '../../../extension/words/languages.ts';
import { type MadePermissions, makePermissions } from './made-permissions.ts';
import { wordsIn } from './made-popup.ts';

/** A document of the extension's in jsdom, over the real state in a made-up browser. */
export interface MadePage {
  readonly permissions: MadePermissions;
  /** What it said, in order. */
  readonly said: string[];
  open(build: (page: Page) => Promise<readonly HTMLElement[]>, language?: Language): Promise<void>;
}

/** For one test: nothing is stored at its beginning. */
export function makePage(): MadePage {
  fakeBrowser.reset();
  document.body.replaceChildren();
  // What jsdom lacks.
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
  const said: string[] = [];
  const made: MadePage = {
    permissions: makePermissions(),
    said,
    async open(build, language = 'en') {
      const page: Page = {
        words: wordsIn(language),
        say: (text) => said.push(text),
        rebuild: () => made.open(build, language),
      };
      document.body.replaceChildren(...(await build(page)));
    },
  };
  return made;
}

/** An element that has to be there. */
export function found<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
  const element = document.querySelector<Kind>(selector);
  if (!element) throw new Error(`Nothing is “${selector}”.`);
  return element;
}

/** As somebody would. */
export const press = (selector: string): void => found(selector).click();

export function type(selector: string, text: string): void {
  const input = found<HTMLInputElement>(selector);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Waits until what somebody did has come about. */
export const soon = vi.waitFor;
