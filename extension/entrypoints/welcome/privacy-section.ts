import { type Page, section } from '../../setup/start-page.ts';
import { thisBrowser } from '../../setup/this-browser.ts';
import { element } from '../../views/element.ts';

/** What leaves the browser, what stays in it, and how to be rid of it: the statement that the options link to. */
export function privacySection({ words }: Page): HTMLElement {
  const points = [
    'privacy_files',
    'privacy_sites',
    'privacy_server',
    'privacy_kept',
    'privacy_private',
    'privacy_links',
    'privacy_nobody',
    'privacy_delete',
  ] as const;
  const own = thisBrowser() === 'firefox' ? (['privacy_firefox'] as const) : [];
  return section('privacy', words('privacy_title'), [
    element(
      'ul',
      { class: 'prose' },
      [...points, ...own].map((point) => element('li', {}, [words(point)])),
    ),
  ]);
}
