import { idOf } from '../views/document-view.ts';
import { button, element } from '../views/element.ts';
import { websiteAddresses } from '../views/website-addresses.ts';
import type { Words } from '../words/make-words.ts';
import { listenToKeys } from './popup-keys.ts';
import type { OpenedService, PopupState } from './popup-state.ts';
import { footer, type PopupOptions, popupTitle, popupView } from './popup-view.ts';
import { firstOpened, type Marked, type ShownService, showAgain, showServices } from './shown-services.ts';

/** What is done beyond the page. */
export interface PopupEffects {
  readonly markRead: (key: string, ids: readonly string[]) => Promise<unknown>;
  readonly markUnread: (key: string, ids: readonly string[]) => Promise<unknown>;
  readonly openOptions: () => void;
}

/** Shows a popup in a page, and keeps it true while things are marked as read and unread. */
export function showPopup(
  page: Document,
  state: PopupState,
  { words, now, effects }: { readonly words: Words; readonly now: Date; readonly effects: PopupEffects },
): void {
  const { content, settings } = state;
  let services = content.kind === 'site' ? content.services : [];
  let shown: readonly ShownService[] = showServices(services, settings);
  const done: Marked[] = [];
  const said = element('p', { role: 'status' });
  const status = element('div', { class: 'status', hidden: true }, [
    said,
    button(words('popup_undo'), () => void undo(), { class: 'plain undo', 'aria-keyshortcuts': 'u' }),
  ]);
  const first = firstOpened(shown);
  const options: PopupOptions = {
    words,
    now,
    addresses: websiteAddresses(state.server.website, words.language),
    open: new Set(first ? [idOf(first)] : []),
    mark: (marked) => void mark(marked),
    openOptions: effects.openOptions,
  };

  page.documentElement.lang = words.language;
  page.body.append(element('div', { class: 'content' }), footer(state, status, options));
  render();
  listenToKeys(page, {
    undo: () => void undo(),
    markRead: (focused) => {
      const within = focused?.closest('.document') ?? page;
      within.querySelector<HTMLElement>('.mark-read')?.click();
    },
  });

  function render(): void {
    const focused = page.activeElement;
    const stop = focused?.closest('.document')?.querySelector('[data-stop]')?.getAttribute('data-stop');
    const scrolled = page.querySelector('main')?.scrollTop ?? 0;
    page.title = popupTitle(state, shown, options);
    page
      .querySelector('.content')
      ?.replaceChildren(...popupView(state, shown, options).filter((part) => part !== undefined));
    const main = page.querySelector('main');
    if (main) main.scrollTop = scrolled;
    if (stop === undefined || stop === null) return;
    for (const candidate of page.querySelectorAll<HTMLElement>('[data-stop]')) {
      if (candidate.getAttribute('data-stop') === stop) candidate.focus({ preventScroll: true });
    }
  }

  async function mark(marked: Marked): Promise<void> {
    if (marked.ids.size === 0) return;
    done.push(marked);
    add(marked);
    say(words('popup_marked_read', { name: marked.name }));
    if (await isKept(marked, effects.markRead)) return;
    done.splice(done.lastIndexOf(marked), 1);
    remove(marked);
    say(words('popup_not_kept'));
  }

  async function undo(): Promise<void> {
    const marked = done.pop();
    if (!marked) return;
    remove(marked);
    say(words('popup_unread_again', { name: marked.name }));
    if (await isKept(marked, effects.markUnread)) return;
    done.push(marked);
    add(marked);
    say(words('popup_not_kept'));
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
    shown = showAgain(shown, services, settings);
    render();
  }

  function say(text: string): void {
    said.textContent = text;
    status.hidden = false;
    const undoButton = status.querySelector<HTMLElement>('.undo');
    if (undoButton) undoButton.hidden = done.length === 0;
  }
}
