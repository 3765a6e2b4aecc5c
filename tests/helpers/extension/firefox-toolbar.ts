import { FIREFOX_ID } from '../../../extension/manifest.ts';
import type { FirefoxChrome } from './firefox-chrome.ts';
import { readInside } from './read-inside.ts';
import { until } from './until.ts';

/** The extension's button in the toolbar of the window in front, and what Firefox asks below it. */
export interface FirefoxToolbar {
  /** undefined: this window has no such button. */
  button(): Promise<ToolbarButton | undefined>;
  /** Presses the button as a person does. @returns the popup, once it shows something */
  openPopup(): Promise<FirefoxPopup>;
  /** Waits for Firefox to ask for a permission, and answers. @returns what it asked */
  answer(isAllowed: boolean): Promise<string>;
}

export interface ToolbarButton {
  /** Empty: none. */
  readonly badge: string;
  readonly title: string;
  /** Name of the picture's file, without its size: `unread`. */
  readonly icon: string;
}

export interface FirefoxPopup {
  /** @param read complete by itself: it is sent as text. What comes back: JSON */
  read<Answer, Given extends readonly unknown[]>(
    read: (document: Document, ...given: Given) => Answer,
    ...given: Given
  ): Promise<Answer>;
  /** All words that it shows. */
  text(): Promise<string>;
  press(selector: string): Promise<void>;
  close(): Promise<void>;
}

interface Panel extends HTMLElement {
  hidePopup(): void;
}

interface BrowserWindow extends Window {
  readonly PopupNotifications: { readonly isPanelOpen: boolean };
}

interface Question extends HTMLElement {
  readonly button: HTMLElement;
  readonly secondaryButton: HTMLElement;
}

/** Of Firefox's own. */
declare const Services: { readonly wm: { getMostRecentWindow(type: string): BrowserWindow } };
declare const ChromeUtils: {
  importESModule(address: string): {
    readonly CustomizableUI: { addWidgetToArea(id: string, area: string): void };
  };
};

const WIDGET = FIREFOX_ID.replace(/[^a-z0-9_-]/g, '_');
const BUTTON = `${WIDGET}-BAP`;
const POPUP = '.webextension-popup-browser';

/** Pins the button to the toolbar, where people are told to put it. */
export async function openFirefoxToolbar(chrome: FirefoxChrome): Promise<FirefoxToolbar> {
  const { call } = chrome;
  await call((widget) => {
    const { CustomizableUI } = ChromeUtils.importESModule(
      'moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs',
    );
    CustomizableUI.addWidgetToArea(widget, 'nav-bar');
  }, `${WIDGET}-browser-action`);

  const inPopup = <Answer, Given extends readonly unknown[]>(
    read: (document: Document, ...given: Given) => Answer,
    ...given: Given
  ) => readInside(chrome, POPUP, read, ...given);

  const popup: FirefoxPopup = {
    async read(read, ...given) {
      const answered = await inPopup(read, ...given);
      if (!answered) throw new Error('The popup is closed');
      return answered.answer;
    },
    text: () => popup.read((document) => document.body.innerText),
    async press(selector) {
      const isThere = await popup.read((document, wanted) => {
        const found = document.querySelector<HTMLElement>(wanted);
        found?.click();
        return found !== null;
      }, selector);
      if (!isThere) throw new Error(`The popup has no ${selector}`);
    },
    async close() {
      await call(() => {
        const { document } = Services.wm.getMostRecentWindow('navigator:browser');
        document.querySelector('.webextension-popup-browser')?.closest<Panel>('panel')?.hidePopup();
      });
      await until('the popup is closed', async () =>
        call(() => {
          const { document } = Services.wm.getMostRecentWindow('navigator:browser');
          return document.querySelector('.webextension-popup-browser') === null || undefined;
        }),
      );
    },
  };

  return {
    button: async () =>
      (await call((id) => {
        const button = Services.wm.getMostRecentWindow('navigator:browser').document.getElementById(id);
        if (!button) return null;
        const [, icon = ''] = /icons\/([a-z]+)-\d+\.png/.exec(button.getAttribute('style') ?? '') ?? [];
        return { badge: button.getAttribute('badge') ?? '', title: button.getAttribute('tooltiptext') ?? '', icon };
      }, BUTTON)) ?? undefined,

    async openPopup() {
      await call((id) => {
        Services.wm.getMostRecentWindow('navigator:browser').document.getElementById(id)?.click();
      }, BUTTON);
      await until('the popup shows something', async () => {
        const shown = await inPopup((document) => document.querySelector('footer') !== null);
        return shown?.answer || undefined;
      });
      return popup;
    },

    answer: (isAllowed) =>
      until('Firefox asks for a permission', () =>
        call((isYes) => {
          const { document, PopupNotifications } = Services.wm.getMostRecentWindow('navigator:browser');
          const question = document.getElementById('addon-webext-permissions-notification') as Question | null;
          if (!question || !PopupNotifications.isPanelOpen) return undefined;
          const asked = question.textContent?.replace(/\s+/g, ' ').trim();
          (isYes ? question.button : question.secondaryButton).click();
          return asked;
        }, isAllowed),
      ),
  };
}
