import { chooseService, unchooseService } from '../../setup/choose-service.ts';
import { livePart } from '../../setup/live-part.ts';
import { readServiceList } from '../../setup/read-service-list.ts';
import { servicePicker } from '../../setup/service-picker.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { readInstalledAt } from '../../state/installed-at.ts';
import { watchLastRefresh } from '../../state/last-refresh.ts';
import { readAllMarks, watchMarks } from '../../state/marks.ts';
import { readSettings, watchSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';
import type { Words } from '../../words/make-words.ts';
import { type ListedService, serviceRow } from './service-row.ts';

/** Services that somebody said to use or looked at, kept here alone; each can be muted and forgotten. */
export async function servicesSection(page: Page): Promise<HTMLElement> {
  const { words } = page;
  const list = async (): Promise<readonly HTMLElement[]> => {
    const services = await listedServices(words);
    if (services.length === 0) return [paragraph(words('services_empty'), 'muted')];
    return [
      element(
        'ul',
        { class: 'rows' },
        services.map((service) => serviceRow(page, service)),
      ),
    ];
  };
  const more = element('details', {}, [element('summary', {}, [words('services_add')])]);
  more.addEventListener('toggle', () => {
    more.querySelector('.picker')?.remove();
    // Built when it is opened: what is chosen may have changed since.
    if (more.open) void picker(words).then((made) => more.append(made));
  });
  return section('services', words('options_services'), [
    paragraph(words('options_services_about')),
    await livePart(list, [watchMarks, watchSettings, watchLastRefresh]),
    more,
  ]);
}

/** Chosen ones first, then by name. */
async function listedServices(words: Words): Promise<readonly ListedService[]> {
  const [marks, { mutedServices }, { services }] = await Promise.all([
    readAllMarks(),
    readSettings(),
    readServiceList(),
  ]);
  const names = new Map(services.map(({ key, name }) => [key, name]));
  const listed = [...new Set([...marks.keys(), ...mutedServices])].map((key): ListedService => {
    const name = names.get(key) ?? words('services_gone', { key });
    return { key, name, mark: marks.get(key), isMuted: mutedServices.includes(key) };
  });
  const { compare } = new Intl.Collator(words.language, { sensitivity: 'base' });
  const chosenFirst = (a: ListedService, b: ListedService): number =>
    Number(b.mark?.isStarred === true) - Number(a.mark?.isStarred === true);
  return listed.toSorted((a, b) => chosenFirst(a, b) || compare(a.name, b.name));
}

async function picker(words: Words): Promise<HTMLElement> {
  const [{ services }, marks] = await Promise.all([readServiceList(), readAllMarks()]);
  if (services.length === 0) return element('p', { class: 'picker muted' }, [words('services_none')]);
  return servicePicker({
    words,
    services,
    chosen: new Set([...marks].filter(([, { isStarred }]) => isStarred).map(([key]) => key)),
    changed: async ({ key }, isChosen) =>
      isChosen ? chooseService(key, await readInstalledAt()) : unchooseService(key),
  });
}
