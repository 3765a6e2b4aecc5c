import { browser } from 'wxt/browser';
import type { Page } from '../../setup/start-page.ts';
import { element } from '../../views/element.ts';
import { abilitiesSection } from './abilities-section.ts';
import { chooseSection } from './choose-section.ts';
import { pinSection } from './pin-section.ts';
import { privacySection } from './privacy-section.ts';
import { readSection } from './read-section.ts';

/** What somebody sees after installing, once. */
export async function welcomePage(page: Page): Promise<readonly HTMLElement[]> {
  const { words } = page;
  const sections = await Promise.all([
    readSection(page),
    chooseSection(page),
    pinSection(page),
    abilitiesSection(page),
    privacySection(page),
  ]);
  const options = browser.runtime.getURL('/options.html');
  return [
    element('header', {}, [element('h1', {}, [words('welcome_title')]), element('p', {}, [words('welcome_lead')])]),
    element('main', { class: 'steps' }, sections),
    element('footer', {}, [
      element('p', {}, [words('welcome_done'), ' ', element('a', { href: options }, [words('welcome_options')])]),
    ]),
  ];
}
