import type { Settings } from '../state/settings-types.ts';
import type { OptionalPermission } from './permissions.ts';

/** What somebody may see of a change without opening the popup. */
export type AbilityName = 'icon' | 'count' | 'title' | 'baseline' | 'notifications' | 'agree';

export interface Ability {
  readonly name: AbilityName;
  /** `rules`: the browser itself changes the icon, and tells the extension nothing. `off`: it could, but the settings say no. */
  readonly state: 'yes' | 'rules' | 'off' | 'no';
  /** What it would take, where that can be asked for. */
  readonly needs: OptionalPermission | undefined;
}

/**
 * What can be shown in a browser with some permissions.
 *
 * Chromium changes the icon by rules of its own (`declarativeContent`) and shows a count only where tabs may be known. Firefox
 * has no such rules: there, nothing shows before the popup opens until tabs may be known. In every browser a service is known
 * from the first opening of the popup on it, or from installation where somebody says they use it.
 */
export function abilitiesOf(
  browser: 'chromium' | 'firefox',
  granted: ReadonlySet<OptionalPermission>,
  settings: Pick<Settings, 'badge' | 'notifications' | 'agreeMoment'>,
): readonly Ability[] {
  const hasTabs = granted.has('tabs');
  const byPermission = (name: AbilityName, needs: OptionalPermission, isOn: boolean): Ability => {
    const isGranted = granted.has(needs);
    return { name, state: isGranted ? (isOn ? 'yes' : 'off') : 'no', needs: isGranted ? undefined : needs };
  };
  const hasRules = browser === 'chromium' && !hasTabs;
  return [
    hasRules
      ? { name: 'icon', state: settings.badge ? 'rules' : 'off', needs: undefined }
      : byPermission('icon', 'tabs', settings.badge),
    byPermission('count', 'tabs', settings.badge),
    byPermission('title', 'tabs', settings.badge),
    { name: 'baseline', state: 'yes', needs: undefined },
    byPermission('notifications', 'notifications', settings.notifications !== 'off'),
    byPermission('agree', 'sites', settings.agreeMoment),
  ];
}
