import { abilitiesOf } from '../../setup/abilities.ts';
import { abilityList } from '../../setup/ability-list.ts';
import { livePart } from '../../setup/live-part.ts';
import { permissionButton } from '../../setup/permission-button.ts';
import { OPTIONAL_PERMISSIONS, readPermissions, watchPermissions } from '../../setup/permissions.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { thisBrowser } from '../../setup/this-browser.ts';
import { readSettings, watchSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';

/** What can show in this browser, and the permissions on which it depends, each to be given and taken back. */
export async function permissionsSection(page: Page): Promise<HTMLElement> {
  const { words } = page;
  const build = async (): Promise<readonly HTMLElement[]> => {
    const [granted, settings] = await Promise.all([readPermissions(), readSettings()]);
    const rows = OPTIONAL_PERMISSIONS.map((permission) => {
      const isGranted = granted.has(permission);
      return element('li', {}, [
        element('div', {}, [
          element('strong', {}, [words(`permission_${permission}`)]),
          ` – ${words(isGranted ? 'permission_granted' : 'permission_not_granted')}`,
          element('p', { class: 'hint' }, [words(`permission_why_${permission}`)]),
        ]),
        permissionButton(words, permission, { isGranted, refused: () => page.say(words('permission_refused')) }),
      ]);
    });
    return [
      abilityList(words, abilitiesOf(thisBrowser(), granted, settings)),
      element('h3', {}, [words('options_permissions_optional')]),
      element('ul', { class: 'rows' }, rows),
    ];
  };
  return section('permissions', words('options_permissions'), [
    paragraph(words(`options_permissions_${thisBrowser()}`)),
    await livePart(build, [watchSettings, watchPermissions]),
  ]);
}
