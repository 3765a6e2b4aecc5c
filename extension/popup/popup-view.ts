import { ageLine, ageNotice } from '../views/age-view.ts';
import { button, type Child, element } from '../views/element.ts';
import { emptyView, titleOf } from '../views/empty-view.ts';
import { outsideLink } from '../views/outside-link.ts';
import { shownName } from '../views/reading.ts';
import type { PopupState } from './popup-state.ts';
import { type SectionOptions, serviceSection } from './service-section.ts';
import { type Marked, type ShownService, unreadDocuments, unreadIds } from './shown-services.ts';

export interface PopupOptions extends Omit<SectionOptions, 'isOnly'> {
  readonly openOptions: () => void;
  readonly download: () => void;
}

/** Everything but the line at the bottom. @param shown the services of the site; empty where it has none */
export function popupView(
  state: PopupState,
  shown: readonly ShownService[],
  options: PopupOptions,
): readonly HTMLElement[] {
  const { content, lastRefresh } = state;
  const isAboutFiles = content.kind === 'site' || content.kind === 'untracked';
  const notice = isAboutFiles ? ageNotice(lastRefresh, options) : undefined;
  if (content.kind !== 'site') return [element('main', {}, [notice, emptyView(content, options)])];
  return [
    header(content.host, shown, options),
    element('main', {}, [notice, ...services(content.host, shown, options)]),
  ];
}

/** In words, for the window and for readers of screens. */
export function popupTitle({ content }: PopupState, shown: readonly ShownService[], { words }: PopupOptions): string {
  if (content.kind !== 'site') return titleOf(content, words);
  const count = unreadIn(shown);
  const name = nameOf(content.host, shown);
  return count > 0 ? words('popup_title_unread', { count, name }) : words('popup_title_read', { name });
}

/** Of the site: its only service's, or its host. */
const nameOf = (host: string, shown: readonly ShownService[]): string =>
  shownName(shown.length === 1 ? (shown[0]?.news.name ?? host) : host);

const unreadIn = (shown: readonly ShownService[]): number =>
  shown.reduce((sum, { news }) => sum + unreadDocuments(news), 0);

function header(host: string, shown: readonly ShownService[], { words, addresses, mark }: PopupOptions): HTMLElement {
  const count = unreadIn(shown);
  const [only] = shown.length === 1 ? shown : [];
  const name = element('bdi', {}, [nameOf(host, shown)]);
  return element('header', {}, [
    element('h1', {}, [only ? outsideLink(addresses.service(only.news), [name]) : name]),
    element('div', { class: 'head-state' }, [
      count > 0 ? element('span', { class: 'count' }, [words('popup_unread', { count })]) : undefined,
      count > 1
        ? button(words('popup_mark_all_read'), () => mark(everything(shown, host)), { class: 'plain' })
        : undefined,
    ]),
  ]);
}

const everything = (shown: readonly ShownService[], host: string): Marked => ({
  name: nameOf(host, shown),
  ids: unreadIds(shown.map(({ news }) => news)),
});

/** Those with something new, and the others folded where they are many. */
function services(host: string, shown: readonly ShownService[], options: PopupOptions): readonly Child[] {
  const isOnly = shown.length === 1;
  const section = (service: ShownService): HTMLElement => serviceSection(service, { ...options, isOnly });
  const fresh = shown.filter(({ news }) => news.documents.some(({ alerts }) => alerts.length > 0));
  const quiet = shown.filter((service) => !fresh.includes(service));
  if (quiet.length < 3) return shown.map(section);
  const { words } = options;
  const summary =
    fresh.length > 0
      ? words('popup_other_services', { count: quiet.length })
      : words('popup_services', { count: quiet.length, name: shownName(host) });
  const folded = element('details', { class: 'others' }, [element('summary', {}, [summary])]);
  folded.addEventListener('toggle', () => {
    if (folded.childElementCount === 1) folded.append(...quiet.map(section));
  });
  folded.open = fresh.length === 0;
  return [...fresh.map(section), folded];
}

/** What is always in sight: how old the files are, what was just done, and the way to the options. */
export function footer(state: PopupState, status: HTMLElement, options: PopupOptions): HTMLElement {
  const { words, openOptions } = options;
  return element('footer', {}, [
    status,
    element('div', { class: 'foot' }, [
      state.server.name === '' ? element('p') : ageLine(shownName(state.server.name), state.lastRefresh, options),
      button(words('popup_options'), openOptions, { class: 'plain' }),
    ]),
    state.content.kind === 'site' ? element('p', { class: 'keys' }, [words('popup_keys')]) : undefined,
  ]);
}
