import { browser } from 'wxt/browser';
import type { RefreshOutcome } from '../files/refresh.ts';

/** What pages of the extension may ask of the background, and what it answers. */
export interface Answers {
  /** Read what the server has, now. undefined: no server is chosen. */
  readonly refresh: RefreshOutcome | undefined;
  /** Note alerts of a service as read, or take that back. true: kept. */
  readonly mark: true;
}

/** What is said with a question. */
export interface Facts {
  readonly refresh: Readonly<Record<never, never>>;
  readonly mark: { readonly key: string; readonly ids: readonly string[]; readonly isRead: boolean };
}

export type Question = keyof Answers;

/** Asks the background, from one of the extension's own pages; apart from the answers, so that no page is built with them. */
export const ask = async <Kind extends Question>(kind: Kind, facts: Facts[Kind]): Promise<Answers[Kind] | undefined> =>
  // Chromium makes `null` of an answer that is undefined.
  ((await browser.runtime.sendMessage({ ...facts, kind })) as Answers[Kind] | null) ?? undefined;

/**
 * Has the background note a mark: a popup is gone the moment that somebody clicks elsewhere, with all that it had begun to
 * write.
 *
 * @throws Error where it could not be kept
 */
export async function askToMark(key: string, ids: readonly string[], isRead: boolean): Promise<void> {
  if ((await ask('mark', { key, ids, isRead })) !== true) throw new Error('The mark could not be kept.');
}
