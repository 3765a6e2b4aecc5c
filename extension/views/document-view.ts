import type { RecentAlert } from '../../server/api/contract.ts';
import type { DocumentNews, ServiceNews } from '../news/news-types.ts';
import type { Receipt } from '../state/settings-types.ts';
import type { Words } from '../words/make-words.ts';
import { alertFacts, alertRedline } from './alert-view.ts';
import type { LookedAt } from './coverage-view.ts';
import { documentLinks } from './document-links.ts';
import { button, element } from './element.ts';
import { outsideLink } from './outside-link.ts';
import { type Reading, shownName } from './reading.ts';
import type { TermsAddress } from './website-addresses.ts';

export interface DocumentOptions extends Reading {
  readonly isOpen: boolean;
  readonly lookedAt: LookedAt;
  /** Of the last time that it was agreed to. */
  readonly receipt: Receipt | undefined;
  /** Level of its heading. */
  readonly level: 2 | 3;
  readonly opened: (isOpen: boolean) => void;
  readonly markRead: () => void;
}

/** A document with its latest change, its redline, and where there is more; one line where nothing is new. */
export function documentView(document: DocumentNews, service: ServiceNews, options: DocumentOptions): HTMLElement {
  const alert = shownAlert(document);
  const terms = { collection: service.collection, serviceId: service.serviceId, type: document.type };
  return alert ? changedDocument(document, alert, terms, options) : quietDocument(document, terms, options);
}

/** The latest unread one; else the latest one that stands. */
const shownAlert = ({ alerts, unread }: DocumentNews): RecentAlert | undefined =>
  unread[0] ?? alerts.find(({ undoneOn }) => undoneOn === undefined) ?? alerts[0];

function quietDocument(document: DocumentNews, terms: TermsAddress, options: DocumentOptions): HTMLElement {
  const { words, addresses, level, lookedAt, receipt } = options;
  const { type, since, lastAlert } = document;
  const state =
    lastAlert !== null
      ? words('document_quiet_since', { date: words.day(lastAlert) })
      : since !== null
        ? words('document_quiet_ever', { date: words.day(since) })
        : words('document_no_records');
  return element('article', { class: 'document quiet' }, [
    element(`h${level}`, { dir: 'auto' }, [
      outsideLink(addresses.terms(terms), [shownName(words.termsType(type))], {
        class: 'stop',
        'data-stop': idOf(document),
      }),
    ]),
    element('p', { class: 'facts' }, [state]),
    documentLinks({ document, terms, alert: undefined, lookedAt, receipt }, options),
  ]);
}

function changedDocument(
  document: DocumentNews,
  alert: RecentAlert,
  terms: TermsAddress,
  options: DocumentOptions,
): HTMLElement {
  const { words, level, lookedAt, receipt, markRead } = options;
  const { type, unread } = document;
  const isUnread = unread.length > 0;
  const name = shownName(words.termsType(type));
  const change = element('div', { class: 'change' });
  const open = (isOpen: boolean): void => {
    title.setAttribute('aria-expanded', String(isOpen));
    change.hidden = !isOpen;
    // Built when first seen: a popup of many documents draws one redline.
    if (!isOpen || change.childElementCount > 0) return;
    change.append(alertRedline(alert, terms, options), ...earlierAlerts(document, alert, terms, options));
  };
  const pressed = (): void => {
    open(title.getAttribute('aria-expanded') !== 'true');
    options.opened(title.getAttribute('aria-expanded') === 'true');
  };
  const title = button(name, pressed, { class: 'stop title', 'data-stop': idOf(document), dir: 'auto' });
  open(options.isOpen);
  return element('article', { class: `document${isUnread ? ' unread' : ''}` }, [
    element('div', { class: 'document-head' }, [
      element(`h${level}`, {}, [title]),
      isUnread ? readButton(name, words, markRead) : undefined,
    ]),
    alertFacts(alert, unread.includes(alert), options),
    change,
    documentLinks({ document, terms, alert, lookedAt, receipt }, options),
  ]);
}

const readButton = (name: string, words: Words, markRead: () => void): HTMLElement =>
  button(words('document_mark_read'), markRead, {
    class: 'mark-read',
    'aria-label': words('document_of', { what: words('document_mark_read'), name }),
    'aria-keyshortcuts': 'r',
  });

/** The others of the last 30 days, each with its redline, which opens in place. */
function earlierAlerts(
  { alerts, unread }: DocumentNews,
  shown: RecentAlert,
  terms: TermsAddress,
  options: DocumentOptions,
): readonly HTMLElement[] {
  const others = alerts.filter((alert) => alert !== shown);
  if (others.length === 0) return [];
  const entries = others.map((alert) => {
    const facts = alertFacts(alert, unread.includes(alert), options);
    const details = element('details', {}, [element('summary', {}, [facts])]);
    details.addEventListener('toggle', () => {
      if (details.childElementCount === 1) details.append(alertRedline(alert, terms, options));
    });
    return details;
  });
  const title = element('p', {}, [options.words('document_earlier', { count: others.length })]);
  return [element('div', { class: 'earlier' }, [title, ...entries])];
}

/** Names a document within a popup. */
export const idOf = ({ key, type }: Pick<DocumentNews, 'key' | 'type'>): string => `${key} ${type}`;
