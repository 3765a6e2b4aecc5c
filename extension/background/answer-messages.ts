import { browser } from 'wxt/browser';
import { asRecord, asText, asTexts } from '../state/heal.ts';
import { markRead, markUnread } from '../state/marks.ts';
import { answerWith } from './answer.ts';
import type { Answers, Question } from './messages.ts';
import { refreshNow } from './on-alarm.ts';

type Answer<Kind extends Question> = (message: Readonly<Record<string, unknown>>) => Promise<Answers[Kind]>;

const ANSWERS: { readonly [Kind in Question]: Answer<Kind> } = {
  refresh: () => refreshNow(),
  mark: async ({ key, ids, isRead }) => {
    const note = isRead === true ? markRead : markUnread;
    await note(asText(key, ''), asTexts(ids));
    return true;
  },
};

/** Answers the extension's own pages, and nobody else: not websites, nor scripts that run in them. */
export function answerMessages(): void {
  answerWith((message, sender) => {
    const asked = asRecord(message);
    const { kind } = asked;
    const isOwnPage = sender.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL('/')) === true;
    return isOwnPage && isQuestion(kind) ? ANSWERS[kind](asked) : undefined;
  });
}

const isQuestion = (kind: unknown): kind is Question => typeof kind === 'string' && Object.hasOwn(ANSWERS, kind);
