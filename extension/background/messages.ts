import { browser } from 'wxt/browser';
import type { RefreshOutcome } from '../files/refresh.ts';
import { asRecord } from '../state/heal.ts';
import { refreshNow } from './on-alarm.ts';

/** What pages of the extension may ask of the background, and what it answers. */
export interface Answers {
  /** Read what the server has, now. undefined: no server is chosen. */
  readonly refresh: RefreshOutcome | undefined;
}

export type Question = keyof Answers;

const ANSWERS: { readonly [Kind in Question]: () => Promise<Answers[Kind]> } = {
  refresh: refreshNow,
};

/** Asks the background, from one of the extension's own pages. */
export const ask = <Kind extends Question>(kind: Kind): Promise<Answers[Kind]> =>
  browser.runtime.sendMessage({ kind }) as Promise<Answers[Kind]>;

interface Sender {
  readonly id?: string;
  readonly url?: string;
}

/** Answers the extension's own pages, and nobody else: not websites, nor scripts that run in them. */
export function answerMessages(): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
    const { kind } = asRecord(message);
    const isOwnPage = sender.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL('/')) === true;
    return isOwnPage && isQuestion(kind) ? ANSWERS[kind]() : undefined;
  });
}

const isQuestion = (kind: unknown): kind is Question => typeof kind === 'string' && Object.hasOwn(ANSWERS, kind);
