import type { FirefoxChrome } from './firefox-chrome.ts';

/** What shows a document in a window of Firefox. */
interface Frame extends HTMLElement {
  readonly messageManager: {
    addMessageListener(name: string, called: (message: { readonly data: string }) => void): void;
    loadFrameScript(address: string, isForAll: boolean): void;
  };
}

/** Of Firefox's own. */
declare const Services: { readonly wm: { getMostRecentWindow(type: string): Window } };

/** The document of the tab in front. */
export const FRONT_TAB = 'browser[type=content][primary=true]';

/**
 * Reads in a document of the window in front, as Firefox itself may: closed shadow roots are open to it
 * (`openOrClosedShadowRoot`).
 *
 * @param frame selects what shows the document
 * @param read complete by itself: it is sent as text. What comes back: JSON
 * @returns undefined: there is no such document (any more)
 */
export async function readInside<Answer, Given extends readonly unknown[]>(
  { call }: FirefoxChrome,
  frame: string,
  read: (document: Document, ...given: Given) => Answer,
  ...given: Given
): Promise<{ readonly answer: Answer } | undefined> {
  const called = `(${read})(content.document, ...${JSON.stringify(given)})`;
  const script = `sendAsyncMessage('read', JSON.stringify({ answer: ${called} }))`;
  const json = await call(
    (selector, address) => {
      const shown = Services.wm.getMostRecentWindow('navigator:browser').document.querySelector<Frame>(selector);
      return new Promise<string | null>((resolve) => {
        if (!shown) return resolve(null);
        shown.messageManager.addMessageListener('read', ({ data }) => resolve(data));
        shown.messageManager.loadFrameScript(address, false);
        // One that closes meanwhile answers no more.
        setTimeout(() => resolve(null), 2_000);
      });
    },
    frame,
    `data:text/javascript,${encodeURIComponent(script)}`,
  );
  return json === null ? undefined : JSON.parse(json);
}
