import { describe, expect, test } from 'vitest';
import { type Ability, type AbilityName, abilitiesOf } from '../../../extension/setup/abilities.ts';
import type { OptionalPermission } from '../../../extension/setup/permissions.ts';

const ON = { badge: true, notifications: 'each', agreeMoment: true } as const;
const OFF = { badge: false, notifications: 'off', agreeMoment: false } as const;

const states = (abilities: readonly Ability[]): Readonly<Record<AbilityName, string>> =>
  Object.fromEntries(
    abilities.map(({ name, state, needs }) => [name, needs ? `${state}, needs ${needs}` : state]),
  ) as Record<AbilityName, string>;

describe('what can be shown', () => {
  test.each([
    ['chromium', [], 'rules', 'no, needs tabs'],
    ['chromium', ['tabs'], 'yes', 'yes'],
    ['firefox', [], 'no, needs tabs', 'no, needs tabs'],
    ['firefox', ['tabs'], 'yes', 'yes'],
    ['firefox', ['sites', 'notifications'], 'no, needs tabs', 'no, needs tabs'],
  ] as const)('%s with %j: icon %s, count and sentence %s', (browser, granted, icon, count) => {
    const shown = states(abilitiesOf(browser, new Set<OptionalPermission>(granted), ON));
    expect(shown).toMatchObject({ icon, count, title: count, baseline: 'yes' });
  });

  test.each(['chromium', 'firefox'] as const)(
    '%s: notifications and the note at forms need permissions of their own',
    (browser) => {
      const without = states(abilitiesOf(browser, new Set(['tabs']), ON));
      expect(without).toMatchObject({ notifications: 'no, needs notifications', agree: 'no, needs sites' });
      const all = states(abilitiesOf(browser, new Set(['tabs', 'notifications', 'sites']), ON));
      expect(all).toMatchObject({ notifications: 'yes', agree: 'yes' });
    },
  );

  test.each(['chromium', 'firefox'] as const)(
    '%s: what is switched off is said to be so, not to lack a permission',
    (browser) => {
      const shown = states(abilitiesOf(browser, new Set(['tabs', 'notifications', 'sites']), OFF));
      expect(shown).toEqual({
        icon: 'off',
        count: 'off',
        title: 'off',
        baseline: 'yes',
        notifications: 'off',
        agree: 'off',
      });
    },
  );
});
