import type { RecentAlert } from '../../server/api/contract.ts';
import { toldAt } from '../news/news-of-service.ts';
import type { DocumentNews } from '../news/news-types.ts';
import type { Receipt } from '../state/settings-types.ts';
import type { LookedAt } from './coverage-view.ts';
import { element } from './element.ts';
import { outsideLink } from './outside-link.ts';
import { type Reading, shownName } from './reading.ts';
import type { TermsAddress } from './website-addresses.ts';

export interface LinkedDocument {
  readonly document: DocumentNews;
  readonly terms: TermsAddress;
  /** The change that is shown; undefined: none is. */
  readonly alert: RecentAlert | undefined;
  readonly lookedAt: LookedAt;
  readonly receipt: Receipt | undefined;
}

/** Ways to the server's website, each followed only by a click; undefined where there is none. */
export function documentLinks(
  { document, terms, alert, lookedAt, receipt }: LinkedDocument,
  { words, addresses, now }: Reading,
): HTMLElement | undefined {
  const name = shownName(words.termsType(document.type));
  const link = (address: string, text: string): HTMLElement =>
    outsideLink(address, [text], { 'aria-label': words('document_of', { what: text, name }) });
  const links: HTMLElement[] = [];
  if (alert) {
    links.push(link(addresses.version(terms, alert.id), words('document_version')));
    links.push(link(addresses.terms(terms), words('document_history')));
  }
  const since = (moment: string): string =>
    addresses.redlineBetween(terms, moment.slice(0, 10), now.toISOString().slice(0, 10));
  if (isMoreSince(document, lookedAt)) links.push(link(since(lookedAt), words('document_since_looked')));
  if (receipt && changedAfter(document, receipt)) {
    const { agreedAt, versionDate } = receipt;
    const text = words('document_since_agreed', { date: words.day(agreedAt) });
    links.push(link(since(versionDate ?? agreedAt), text));
  }
  return links.length > 0 ? element('p', { class: 'links' }, links) : undefined;
}

/** Records have no fractions of a second: one of the same second came later, unless it is the version agreed to. */
function changedAfter({ alerts, lastAlert }: DocumentNews, { agreedAt, versionId }: Receipt): boolean {
  const second = Math.floor(Date.parse(agreedAt) / 1_000) * 1_000;
  const isLater = alerts.some((alert) => alert.id !== versionId && toldAt(alert) >= second);
  return isLater || (lastAlert !== null && lastAlert > agreedAt.slice(0, 10));
}

/** Several changes since somebody looked, or one that is not among the recent ones: only the server has them in one redline. */
function isMoreSince({ alerts, lastAlert }: DocumentNews, lookedAt: LookedAt): lookedAt is string {
  if (typeof lookedAt !== 'string') return false;
  const since = alerts.filter((alert) => toldAt(alert) > Date.parse(lookedAt)).length;
  return since > 1 || (since === 0 && lastAlert !== null && lastAlert > lookedAt.slice(0, 10));
}
