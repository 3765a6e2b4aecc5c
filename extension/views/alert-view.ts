import type { RecentAlert } from '../../server/api/contract.ts';
import type { Words } from '../words/make-words.ts';
import { classMark } from './class-mark.ts';
import { type Child, element } from './element.ts';
import type { Reading } from './reading.ts';
import { redlineView } from './redline-view.ts';
import type { TermsAddress } from './website-addresses.ts';

/** From which significance on: a few words about arbitration are 0.4, as many about no known topic 0.1 (docs/change-analysis.md). */
const WEIGHTY = 0.6;
const NOTABLE = 0.3;
const MOST_TOPICS = 3;

/** What a change is, in one line: whether it is unread, date, class, topics, words, weight, and what became of it. */
export function alertFacts(
  alert: RecentAlert,
  isUnread: boolean,
  { words, now }: Pick<Reading, 'words' | 'now'>,
): HTMLElement {
  const isThisYear = alert.date.slice(0, 4) === now.toISOString().slice(0, 4);
  const day = isThisYear ? words.shortDay(alert.date) : words.day(alert.date);
  const facts: Child[] = [
    isUnread ? element('strong', { class: 'flag' }, [words('document_unread')]) : undefined,
    element('time', { datetime: alert.date }, [day]),
    classMark(alert.class, words),
    ...alert.topics.slice(0, MOST_TOPICS).map((topic) => element('span', { class: 'topic' }, [words.topic(topic)])),
    wordCount(alert, words),
    alert.significance > 0 ? element('span', {}, [words(`document_weight_${weightOf(alert)}`)]) : undefined,
    alert.undoneOn === undefined
      ? undefined
      : element('strong', {}, [words('document_withdrawn', { date: words.day(alert.undoneOn) })]),
    alert.undoes && alert.undoes.length > 0 ? element('span', {}, [words('document_withdraws')]) : undefined,
  ];
  const shown = facts.filter((fact) => fact !== undefined);
  return element(
    'span',
    { class: 'facts' },
    shown.flatMap((fact, place) => (place > 0 ? ['\u00a0· ', fact] : [fact])),
  );
}

/** The redline of a change, as far as it was downloaded. */
export const alertRedline = (alert: RecentAlert, terms: TermsAddress, { words, addresses }: Reading): HTMLElement =>
  redlineView(alert.blocks, {
    words,
    language: alert.language,
    leftOut: alert.blocksLeftOut,
    title: terms.type,
    whole: addresses.redline(terms, alert.previousId, alert.id),
  });

const weightOf = ({ significance }: RecentAlert): 'large' | 'medium' | 'small' =>
  significance >= WEIGHTY ? 'large' : significance >= NOTABLE ? 'medium' : 'small';

/** “+120 −35 words”, and said in words to readers of screens. */
function wordCount({ wordsAdded, wordsRemoved }: RecentAlert, words: Words): HTMLElement | undefined {
  if (wordsAdded === 0 && wordsRemoved === 0) return undefined;
  const counts = { added: wordsAdded, removed: wordsRemoved };
  return element('span', { class: 'number' }, [
    element('span', { 'aria-hidden': 'true' }, [words('document_words', counts)]),
    element('span', { class: 'visually-hidden' }, [words('document_words_spoken', counts)]),
  ]);
}
