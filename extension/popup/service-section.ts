import type { ServiceNews } from '../news/news-types.ts';
import { coverageView } from '../views/coverage-view.ts';
import { documentView, idOf } from '../views/document-view.ts';
import { button, element } from '../views/element.ts';
import { outsideLink } from '../views/outside-link.ts';
import { type Reading, shownName } from '../views/reading.ts';
import { type Marked, type ShownService, unreadDocuments, unreadIds } from './shown-services.ts';

export interface SectionOptions extends Reading {
  /** Ids of the documents whose redline is open. */
  readonly open: Set<string>;
  /** Whether it is the only service of its site; then its name stands above all. */
  readonly isOnly: boolean;
  readonly mark: (marked: Marked) => void;
}

/** A service: what is tracked of it, and its documents. */
export function serviceSection({ news, lookedAt, receipts }: ShownService, options: SectionOptions): HTMLElement {
  const { words, isOnly, open, mark } = options;
  const name = shownName(news.name);
  return element('section', { class: 'service' }, [
    isOnly ? undefined : serviceHeading(news, name, options),
    coverageView(news, lookedAt, options),
    ...news.documents.map((document) => {
      const id = idOf(document);
      return documentView(document, news, {
        ...options,
        lookedAt,
        receipt: receipts.find(({ termsType }) => termsType === document.type),
        level: isOnly ? 2 : 3,
        isOpen: open.has(id),
        opened: (isOpen) => (isOpen ? open.add(id) : open.delete(id)),
        markRead: () =>
          mark({ name: shownName(words.termsType(document.type)), ids: unreadIds([news], document.type) }),
      });
    }),
  ]);
}

function serviceHeading(news: ServiceNews, name: string, { words, addresses, mark }: SectionOptions): HTMLElement {
  const count = unreadDocuments(news);
  const markAll = (): void => mark({ name, ids: unreadIds([news]) });
  const label = words('document_of', { what: words('popup_mark_all_read'), name });
  return element('div', { class: 'service-head' }, [
    element('h2', {}, [outsideLink(addresses.service(news), [element('bdi', {}, [name])])]),
    element('div', { class: 'head-state' }, [
      count > 0 ? element('span', { class: 'count' }, [words('popup_unread', { count })]) : undefined,
      count > 1 ? button(words('popup_mark_all_read'), markAll, { class: 'plain', 'aria-label': label }) : undefined,
    ]),
  ]);
}
