import { type Page, section } from '../../setup/start-page.ts';
import { thisBrowser } from '../../setup/this-browser.ts';
import { element } from '../../views/element.ts';
import { pinPicture } from './pin-picture.ts';

/** Where the icon is put so that it is seen. */
export function pinSection({ words }: Page): HTMLElement {
  const browser = thisBrowser();
  return section('pin', words('welcome_pin'), [
    pinPicture(browser, words('welcome_pin_picture')),
    element('ol', { class: 'prose' }, [
      element('li', {}, [words('welcome_pin_open')]),
      element('li', {}, [words(`welcome_pin_${browser}`)]),
    ]),
    element('p', { class: 'hint' }, [words('welcome_pin_phone')]),
  ]);
}
