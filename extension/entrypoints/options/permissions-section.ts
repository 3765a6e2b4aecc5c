import { abilitiesOf } from '../../setup/abilities.ts';
import { abilityList } from '../../setup/ability-list.ts';
import { livePart } from '../../setup/live-part.ts';
import { permissionButton } from '../../setup/permission-button.ts';
import {
  askFor,
  askForServer,
  mayReadServer,
  OPTIONAL_PERMISSIONS,
  type OptionalPermission,
  readPermissions,
  revoke,
  revokeServer,
  watchPermissions,
} from '../../setup/permissions.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { thisBrowser } from '../../setup/this-browser.ts';
import { readSettings, watchSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';
import type { Words } from '../../words/make-words.ts';

/** What can show in this browser, and the permissions on which it depends, each to be given and taken back. */
export async function permissionsSection({ words, say }: Page): Promise<HTMLElement> {
  const refused = (): void => say(words('permission_refused'));
  const row = (permission: ShownPermission): HTMLElement =>
    element('li', {}, [
      element('div', {}, [
        element('strong', {}, [permission.name]),
        ` – ${words(permission.isGranted ? 'permission_granted' : 'permission_not_granted')}`,
        element('p', { class: 'hint' }, [permission.why]),
      ]),
      permissionButton(words, { ...permission, refused }),
    ]);
  const build = async (): Promise<readonly HTMLElement[]> => {
    const [granted, settings] = await Promise.all([readPermissions(), readSettings()]);
    const shown = OPTIONAL_PERMISSIONS.map((one) => optional(words, one, granted.has(one)));
    // Elsewhere everybody may read what a server gives to all.
    if (thisBrowser() === 'firefox' && settings.server !== '') shown.push(await ofServer(words, settings.server));
    return [
      abilityList(words, abilitiesOf(thisBrowser(), granted, settings)),
      element('h3', {}, [words('options_permissions_optional')]),
      element('ul', { class: 'rows' }, shown.map(row)),
    ];
  };
  return section('permissions', words('options_permissions'), [
    paragraph(words(`options_permissions_${thisBrowser()}`)),
    await livePart(build, [watchSettings, watchPermissions]),
  ]);
}

interface ShownPermission {
  readonly id: string;
  readonly name: string;
  readonly why: string;
  readonly isGranted: boolean;
  readonly ask: () => Promise<boolean>;
  readonly revoke: () => Promise<boolean>;
}

const optional = (words: Words, permission: OptionalPermission, isGranted: boolean): ShownPermission => ({
  id: permission,
  name: words(`permission_${permission}`),
  why: words(`permission_why_${permission}`),
  isGranted,
  ask: () => askFor(permission),
  revoke: () => revoke(permission),
});

const ofServer = async (words: Words, server: string): Promise<ShownPermission> => ({
  id: 'server',
  name: words('permission_server', { host: new URL(server).host }),
  why: words('server_allow_why'),
  isGranted: await mayReadServer(server),
  ask: () => askForServer(server),
  revoke: () => revokeServer(server),
});
