import { newsOfService } from '../news/news-of-service.ts';
import type { DocumentNews, ServiceNews } from '../news/news-types.ts';
import type { Receipt, Settings } from '../state/settings-types.ts';
import type { LookedAt } from '../views/coverage-view.ts';
import type { OpenedService } from './popup-state.ts';

/** A service with what is unread of it. */
export interface ShownService {
  readonly news: ServiceNews;
  readonly lookedAt: LookedAt;
  readonly receipts: readonly Receipt[];
}

/** Services with what is unread of them: those with unread documents first, then those with recent changes. */
export function showServices(services: readonly OpenedService[], settings: Settings): readonly ShownService[] {
  const shown = services.map((service): ShownService => {
    const { lookedAt, receipts } = service;
    return { news: newsOfService(service, settings), lookedAt, receipts };
  });
  return shown.toSorted((a, b) => unreadDocuments(b.news) - unreadDocuments(a.news) || recent(b.news) - recent(a.news));
}

/** As {@link showServices}, all in the order of before: nothing jumps away while it is read. */
export function showAgain(
  before: readonly ShownService[],
  services: readonly OpenedService[],
  settings: Settings,
): readonly ShownService[] {
  const now = new Map(showServices(services, settings).map((shown) => [shown.news.key, shown]));
  return before.map((former) => {
    const shown = now.get(former.news.key) ?? former;
    const documents = new Map(shown.news.documents.map((document) => [document.type, document]));
    const inOrder = former.news.documents.map((document) => documents.get(document.type) ?? document);
    return { ...shown, news: { ...shown.news, documents: inOrder } };
  });
}

export const unreadDocuments = ({ documents }: ServiceNews): number =>
  documents.filter(({ unread }) => unread.length > 0).length;

const recent = ({ documents }: ServiceNews): number => documents.filter(({ alerts }) => alerts.length > 0).length;

/** The document whose redline is shown at once: of the latest unread change; on a first look, of the latest one. */
export function firstOpened(shown: readonly ShownService[]): DocumentNews | undefined {
  const unread = latest(shown.flatMap(({ news }) => news.documents.filter(({ unread }) => unread.length > 0)));
  if (unread) return unread;
  const first = shown.filter(({ lookedAt }) => lookedAt === undefined);
  return latest(
    first.flatMap(({ news }) => news.documents.filter(({ alerts }) => alerts.some((a) => a.undoneOn === undefined))),
  );
}

function latest(documents: readonly DocumentNews[]): DocumentNews | undefined {
  const moment = ({ unread, alerts }: DocumentNews): string => {
    const [alert] = unread.length > 0 ? unread : alerts;
    return alert?.toldAt ?? alert?.date ?? '';
  };
  return documents.toSorted((a, b) => moment(b).localeCompare(moment(a), 'en'))[0];
}

/** Something that was marked as read, so that it can be taken back. */
export interface Marked {
  /** For people. */
  readonly name: string;
  /** Ids of versions by the key of their service. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

/** What is unread of some services, or of their documents of one type. */
export const unreadIds = (services: readonly ServiceNews[], type?: string): Marked['ids'] =>
  new Map(
    services.flatMap(({ key, documents }) => {
      const meant = documents.filter((document) => type === undefined || document.type === type);
      const ids = meant.flatMap(({ unread }) => unread.map(({ id }) => id));
      return ids.length > 0 ? [[key, ids] as const] : [];
    }),
  );
