import { browser } from 'wxt/browser';
import { asRecord } from '../state/heal.ts';
import { answerWith } from './answer.ts';
import type { Answers, Question } from './messages.ts';
import { refreshNow } from './on-alarm.ts';

const ANSWERS: { readonly [Kind in Question]: () => Promise<Answers[Kind]> } = {
  refresh: refreshNow,
};

/** Answers the extension's own pages, and nobody else: not websites, nor scripts that run in them. */
export function answerMessages(): void {
  answerWith((message, sender) => {
    const { kind } = asRecord(message);
    const isOwnPage = sender.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL('/')) === true;
    return isOwnPage && isQuestion(kind) ? ANSWERS[kind]() : undefined;
  });
}

const isQuestion = (kind: unknown): kind is Question => typeof kind === 'string' && Object.hasOwn(ANSWERS, kind);
