import { browser } from 'wxt/browser';

/** Who sends a message, by what the browser itself says. */
export interface Sender {
  readonly id?: string | undefined;
  /** Of the frame. */
  readonly url?: string | undefined;
  readonly tab?: { readonly url?: string | undefined; readonly incognito?: boolean | undefined } | undefined;
}

/**
 * Answers messages, by the function that browsers give for it: a promise in its place is understood by Firefox and recent Chromium
 * alone. What goes wrong is nothing that a page could mend: it is answered by nothing.
 *
 * @param answer undefined: it is not meant
 */
export function answerWith(answer: (message: unknown, sender: Sender) => Promise<unknown> | undefined): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (answer?: unknown) => void) => {
    const answered = answer(message, sender);
    answered?.then(respond, (error: unknown) => {
      console.error(error);
      respond();
    });
    // Whether the answer is still to come; anything else closes the way back at once.
    return answered ? true : undefined;
  });
}
