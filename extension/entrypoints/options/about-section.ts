import { browser } from 'wxt/browser';
import { type Page, section } from '../../setup/start-page.ts';
import { element } from '../../views/element.ts';

export function aboutSection({ words }: Page): HTMLElement {
  const { version } = browser.runtime.getManifest();
  const welcome = browser.runtime.getURL('/welcome.html');
  return section('about', words('options_about'), [
    element('ul', { class: 'plain-list' }, [
      element('li', {}, [words('options_version', { version })]),
      element('li', {}, [element('a', { href: `${welcome}#privacy` }, [words('options_privacy')])]),
      element('li', {}, [element('a', { href: welcome }, [words('options_welcome')])]),
    ]),
  ]);
}
