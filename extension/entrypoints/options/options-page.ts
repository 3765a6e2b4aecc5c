import { type Page, sectionsOf } from '../../setup/start-page.ts';
import { element } from '../../views/element.ts';
import { aboutSection } from './about-section.ts';
import { agreeSection } from './agree-section.ts';
import { dataSection } from './data-section.ts';
import { languageSection } from './language-section.ts';
import { mutesSection } from './mutes-section.ts';
import { permissionsSection } from './permissions-section.ts';
import { serverSection } from './server-section.ts';
import { servicesSection } from './services-section.ts';
import { tellingSection } from './telling-section.ts';
import { topicsSection } from './topics-section.ts';

/** All that can be chosen, with a table of contents. */
export async function optionsPage(page: Page): Promise<readonly HTMLElement[]> {
  const { words } = page;
  const { sections, fault } = await sectionsOf(page, [
    serverSection,
    tellingSection,
    servicesSection,
    topicsSection,
    mutesSection,
    agreeSection,
    permissionsSection,
    languageSection,
    dataSection,
    aboutSection,
  ]);
  const links = sections.map((part) =>
    element('li', {}, [element('a', { href: `#${part.id}` }, [part.querySelector('h2')?.textContent ?? ''])]),
  );
  return [
    element('header', {}, [element('h1', {}, [words('options_title')]), element('p', {}, [words('options_lead')])]),
    element('div', { class: 'with-contents' }, [
      element('nav', { 'aria-label': words('options_contents') }, [element('ul', {}, links)]),
      element('main', {}, [fault, ...sections]),
    ]),
  ];
}
