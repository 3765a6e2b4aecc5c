import { element } from '../views/element.ts';
import type { Words } from '../words/make-words.ts';
import { checkbox, textField } from './fields.ts';
import { type NamedService, searchServices } from './list-services.ts';

/** Services that are shown at once. More are found by typing. */
const AT_ONCE = 40;

export interface ServicePickerOptions {
  readonly words: Words;
  /** By name. */
  readonly services: readonly NamedService[];
  /** Keys of those that are chosen already. */
  readonly chosen: ReadonlySet<string>;
  readonly changed: (service: NamedService, isChosen: boolean) => Promise<unknown>;
}

/** A list of services to choose from, searched by name. What is typed and chosen stays in this browser. */
export function servicePicker({ words, services, chosen, changed }: ServicePickerOptions): HTMLElement {
  const picked = new Set(chosen);
  const names = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of services) (names.has(name) ? twice : names).add(name);

  const search = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const found = element('div', { class: 'found', role: 'group', 'aria-label': words('picker_found') });
  const state = element('p', { class: 'hint', role: 'status' });

  const boxOf = (service: NamedService): HTMLElement => {
    const { key, name, collection } = service;
    const label = element('span', { dir: 'auto' }, [twice.has(name) ? `${name} (${collection})` : name]);
    return checkbox({ id: `pick-${key}`, label, isChecked: picked.has(key) }, (isChosen) => {
      if (isChosen) picked.add(key);
      else picked.delete(key);
      // Said once it is kept: whoever reads it may close the page.
      void changed(service, isChosen).then(sayState);
    });
  };
  let more = 0;
  const sayState = (): void => {
    const parts = [words('picker_chosen', { count: picked.size })];
    if (found.childElementCount === 0) parts.push(words('picker_none'));
    if (more > 0) parts.push(words('picker_more', { count: more }));
    state.textContent = parts.join(' ');
  };
  const show = (): void => {
    const result = searchServices(services, search.value, AT_ONCE);
    more = result.more;
    found.replaceChildren(...result.found.map(boxOf));
    sayState();
  };
  search.addEventListener('input', show);
  show();
  return element('div', { class: 'picker' }, [
    textField({ id: 'picker', label: words('picker_label', { count: services.length }) }, search),
    state,
    found,
  ]);
}
