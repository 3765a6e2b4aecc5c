import type { RefreshFault } from '../state/last-refresh.ts';
import type { Words } from '../words/make-words.ts';
import { button, type Child, element } from './element.ts';
import { outsideLink } from './outside-link.ts';
import { type Reading, shownName } from './reading.ts';

/** Why there is nothing to show. */
export type Emptiness =
  | { readonly kind: 'no_server' | 'internal' | 'private' | 'unknown' | 'damaged' }
  | { readonly kind: 'no_files'; readonly server: string; readonly failure: RefreshFault | null }
  | { readonly kind: 'untracked'; readonly server: string; readonly host: string };

export interface EmptyOptions extends Reading {
  readonly openOptions: () => void;
  /** Downloads the files now. */
  readonly download: () => void;
}

/** Says what will appear here and what to do. */
export function emptyView(why: Emptiness, options: EmptyOptions): HTMLElement {
  const { words } = options;
  return element('div', { class: 'empty' }, [
    element('h1', { dir: 'auto' }, [titleOf(why, words)]),
    element('p', {}, [
      words(`empty_${why.kind}`, why.kind === 'untracked' || why.kind === 'no_files' ? { server: why.server } : {}),
    ]),
    ...furtherOf(why, options),
  ]);
}

export const titleOf = (why: Emptiness, words: Words): string =>
  words(`empty_${why.kind}_title`, why.kind === 'untracked' ? { name: shownName(why.host) } : {});

function furtherOf(why: Emptiness, { words, addresses, openOptions, download }: EmptyOptions): readonly Child[] {
  if (why.kind === 'no_server') {
    return [element('p', {}, [button(words('empty_choose_server'), openOptions, { class: 'primary' })])];
  }
  if (why.kind === 'no_files') {
    if (why.failure === null) return [];
    const notice = element('p', { class: 'notice' }, [words(`age_${why.failure}`)]);
    // It is asked for in the options, where it is said why.
    if (why.failure === 'permission') {
      return [notice, element('p', {}, [button(words('popup_options'), openOptions, { class: 'primary' })])];
    }
    const again = button(words('empty_try_again'), () => {
      again.disabled = true;
      download();
    });
    return [notice, element('p', {}, [again])];
  }
  if (why.kind !== 'untracked') return [];
  return [
    element('p', {}, [outsideLink(addresses.request(), [words('empty_request')], { class: 'stop' })]),
    element('p', { class: 'muted' }, [words('empty_request_note')]),
  ];
}
