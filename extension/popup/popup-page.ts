import { idOf } from '../views/document-view.ts';
import { element } from '../views/element.ts';
import { websiteAddresses } from '../views/website-addresses.ts';
import type { Words } from '../words/make-words.ts';
import { keepPlace } from './keep-place.ts';
import { listenToKeys } from './popup-keys.ts';
import type { OpenedService, PopupState } from './popup-state.ts';
import { footer, type PopupOptions, popupTitle, popupView } from './popup-view.ts';
import { firstOpened, type Marked, type ShownService, showAgain, showServices } from './shown-services.ts';
import { statusLine } from './status-line.ts';

/** What is done beyond the page. */
export interface PopupEffects {
  readonly markRead: (key: string, ids: readonly string[]) => Promise<unknown>;
  readonly markUnread: (key: string, ids: readonly string[]) => Promise<unknown>;
  readonly openOptions: () => void;
  /** Downloads the files of the server now, the same as everybody's. */
  readonly download: () => void;
}

/** Shows a popup in a page, and keeps it true while things are marked as read and unread. */
export function showPopup(
  page: Document,
  state: PopupState,
  { words, now, effects }: { readonly words: Words; readonly now: Date; readonly effects: PopupEffects },
): void {
  const { content } = state;
  let services = content.kind === 'site' ? content.services : [];
  let shown: readonly ShownService[] = content.kind === 'site' ? showServices(services, content.settings) : [];
  const done: Marked[] = [];
  const status = statusLine(words, () => void undo());
  const first = firstOpened(shown);
  const options: PopupOptions = {
    words,
    now,
    addresses: websiteAddresses(state.server.website, words.language),
    open: new Set(first ? [idOf(first)] : []),
    mark: (marked) => void mark(marked),
    openOptions: effects.openOptions,
    download: effects.download,
  };

  page.documentElement.lang = words.language;
  const shownContent = element('div', { class: 'content' });
  page.body.append(shownContent, footer(state, status.line, options));
  render();
  listenToKeys(page, {
    undo: () => void undo(),
    markRead: (focused) => {
      const within = focused?.closest('.document') ?? page;
      within.querySelector<HTMLElement>('.mark-read')?.click();
    },
  });

  function render(): void {
    page.title = popupTitle(state, shown, options);
    keepPlace(page, shownContent, () => shownContent.replaceChildren(...popupView(state, shown, options)));
  }

  async function mark(marked: Marked): Promise<void> {
    if (marked.ids.size === 0) return;
    const hadFocus = hasFocus();
    done.push(marked);
    add(marked);
    say(words('popup_marked_read', { name: marked.name }), hadFocus);
    if (await isKept(marked, effects.markRead)) return;
    done.splice(done.lastIndexOf(marked), 1);
    remove(marked);
    say(words('popup_not_kept'), hasFocus());
  }

  async function undo(): Promise<void> {
    const marked = done.pop();
    if (!marked) return;
    const hadFocus = hasFocus();
    remove(marked);
    say(words('popup_unread_again', { name: marked.name }), hadFocus);
    if (await isKept(marked, effects.markUnread)) return;
    done.push(marked);
    add(marked);
    say(words('popup_not_kept'), hasFocus());
  }

  /** @param hadFocus where what had it is gone, the focus goes to where this can be undone, or taken up again */
  function say(text: string, hadFocus: boolean): void {
    status.say(text, done.length > 0);
    if (!hadFocus || hasFocus()) return;
    if (done.length > 0) status.focus();
    else page.querySelector<HTMLElement>('.unread .stop')?.focus();
  }

  /** Browsers take the focus from what was hidden only with the next picture. */
  function hasFocus(): boolean {
    const { activeElement, body } = page;
    return activeElement !== null && activeElement !== body && activeElement.closest('[hidden]') === null;
  }

  /** A browser's storage may be full or broken; what is shown must not claim what is not so. */
  async function isKept({ ids }: Marked, keep: PopupEffects['markRead']): Promise<boolean> {
    const kept = await Promise.allSettled([...ids].map(([key, own]) => keep(key, own)));
    return kept.every(({ status }) => status === 'fulfilled');
  }

  function add({ ids }: Marked): void {
    change(ids, (read, own) => [...read, ...own]);
  }

  function remove({ ids }: Marked): void {
    change(ids, (read, own) => read.filter((id) => !own.includes(id)));
  }

  function change(
    ids: Marked['ids'],
    changed: (read: readonly string[], own: readonly string[]) => readonly string[],
  ): void {
    services = services.map((service): OpenedService => {
      const own = ids.get(service.key);
      const { mark } = service;
      return own && mark ? { ...service, mark: { ...mark, read: changed(mark.read, own) } } : service;
    });
    if (content.kind === 'site') shown = showAgain(shown, services, content.settings);
    render();
  }
}
