import { browser } from 'wxt/browser';
import type { RefreshOutcome } from '../files/refresh.ts';

/** What pages of the extension may ask of the background, and what it answers. */
export interface Answers {
  /** Read what the server has, now. undefined: no server is chosen. */
  readonly refresh: RefreshOutcome | undefined;
}

export type Question = keyof Answers;

/** Asks the background, from one of the extension's own pages; apart from the answers, so that no page is built with them. */
export const ask = async <Kind extends Question>(kind: Kind): Promise<Answers[Kind] | undefined> =>
  // Chromium makes `null` of an answer that is undefined.
  ((await browser.runtime.sendMessage({ kind })) as Answers[Kind] | null) ?? undefined;
