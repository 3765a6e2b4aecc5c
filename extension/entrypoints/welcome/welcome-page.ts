import { browser } from 'wxt/browser';
import { type Page, sectionsOf } from '../../setup/start-page.ts';
import { element } from '../../views/element.ts';
import { abilitiesSection } from './abilities-section.ts';
import { chooseSection } from './choose-section.ts';
import { pinSection } from './pin-section.ts';
import { privacySection } from './privacy-section.ts';
import { readSection } from './read-section.ts';

/** What somebody sees after installing, once. */
export async function welcomePage(page: Page): Promise<readonly HTMLElement[]> {
  const { words } = page;
  const { sections, fault } = await sectionsOf(page, [
    readSection,
    chooseSection,
    pinSection,
    abilitiesSection,
    privacySection,
  ]);
  const options = browser.runtime.getURL('/options.html');
  return [
    element('header', {}, [element('h1', {}, [words('welcome_title')]), element('p', {}, [words('welcome_lead')])]),
    element('main', {}, [fault, ...sections]),
    element('footer', {}, [
      element('p', {}, [words('welcome_done'), ' ', element('a', { href: options }, [words('welcome_options')])]),
    ]),
  ];
}
