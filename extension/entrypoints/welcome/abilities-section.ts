import { abilitiesOf } from '../../setup/abilities.ts';
import { abilityList } from '../../setup/ability-list.ts';
import { livePart } from '../../setup/live-part.ts';
import { permissionButton } from '../../setup/permission-button.ts';
import { askFor, readPermissions, revoke, watchPermissions } from '../../setup/permissions.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { thisBrowser } from '../../setup/this-browser.ts';
import { readSettings, watchSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';

/** What will show in this browser as things are, and the one permission that shows more. */
export async function abilitiesSection({ words, say }: Page): Promise<HTMLElement> {
  const build = async (): Promise<readonly HTMLElement[]> => {
    const [granted, settings] = await Promise.all([readPermissions(), readSettings()]);
    const isGranted = granted.has('tabs');
    return [
      abilityList(words, abilitiesOf(thisBrowser(), granted, settings)),
      element('div', { class: 'offer' }, [
        element('p', {}, [
          element('strong', {}, [words('permission_tabs')]),
          ' – ',
          words(isGranted ? 'welcome_tabs_granted' : 'permission_why_tabs'),
        ]),
        permissionButton(words, {
          id: 'tabs',
          name: words('permission_tabs'),
          isGranted,
          ask: () => askFor('tabs'),
          revoke: () => revoke('tabs'),
          refused: () => say(words('permission_refused')),
        }),
      ]),
    ];
  };
  return section('abilities', words('welcome_abilities'), [
    paragraph(words(`options_permissions_${thisBrowser()}`)),
    await livePart(build, [watchSettings, watchPermissions]),
  ]);
}
