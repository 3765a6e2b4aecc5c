import type { Page } from 'puppeteer';

/** What a popup shows, as somebody reads it. */
export interface ShownPopup {
  /** Of its window, which readers of screens say first. */
  readonly title: string;
  readonly text: string;
  /** Names of services, where a site has several. */
  readonly services: readonly string[];
  readonly documents: readonly ShownDocument[];
}

export interface ShownDocument {
  readonly name: string;
  readonly isUnread: boolean;
  /** Class, topics, words: what stands below the name. */
  readonly facts: string;
  /** Of the redline that is open. */
  readonly inserted: readonly string[];
  readonly deleted: readonly string[];
  readonly links: Readonly<Record<string, string>>;
}

export const readPopup = (popup: Page): Promise<ShownPopup> =>
  popup.evaluate(() => {
    const texts = (within: ParentNode, selector: string): string[] =>
      [...within.querySelectorAll<HTMLElement>(selector)].map((found) => found.innerText.trim());
    return {
      title: document.title,
      text: document.body.innerText,
      services: texts(document, 'main h2'),
      documents: [...document.querySelectorAll('.document')].map((shown) => ({
        name: texts(shown, '.stop')[0] ?? '',
        isUnread: shown.classList.contains('unread'),
        facts: texts(shown, '.facts')[0] ?? '',
        inserted: texts(shown, 'ins'),
        deleted: texts(shown, 'del'),
        links: Object.fromEntries(
          [...shown.querySelectorAll<HTMLAnchorElement>('.links a')].map(({ innerText, href }) => [innerText, href]),
        ),
      })),
    };
  });
