import { element } from '../views/element.ts';
import type { Words } from '../words/make-words.ts';
import type { Ability } from './abilities.ts';

/** A sign with its word: never colour alone. */
const SIGNS: Readonly<Record<Ability['state'], string>> = { yes: '✓', rules: '✓', off: '–', no: '✕' };

/** What can be shown here, and by which permission the rest could. */
export function abilityList(words: Words, abilities: readonly Ability[]): HTMLElement {
  const rows = abilities.map(({ name, state, needs }) =>
    element('tr', {}, [
      element('th', { scope: 'row' }, [words(`ability_${name}`)]),
      element('td', { class: `state-${state}` }, [
        element('span', { class: 'sign', 'aria-hidden': 'true' }, [SIGNS[state]]),
        words(`ability_state_${state}`),
      ]),
      element('td', { class: 'how' }, [
        state === 'rules' ? words('ability_how_rules') : words(`ability_how_${name}`),
        needs ? ` ${words('ability_needs', { permission: words(`permission_${needs}`) })}` : undefined,
      ]),
    ]),
  );
  return element('table', { class: 'abilities' }, [
    element('caption', { class: 'visually-hidden' }, [words('ability_caption')]),
    element('thead', {}, [
      element('tr', {}, [
        element('th', { scope: 'col' }, [words('ability_column_what')]),
        element('th', { scope: 'col' }, [words('ability_column_here')]),
        element('th', { scope: 'col' }, [words('ability_column_how')]),
      ]),
    ]),
    element('tbody', {}, rows),
  ]);
}
