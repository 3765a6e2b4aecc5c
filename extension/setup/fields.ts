import { type Child, element } from '../views/element.ts';

interface Field {
  /** Of the input; names the hint too. */
  readonly id: string;
  readonly label: Child;
  readonly hint?: string | undefined;
}

const hintOf = ({ id, hint }: Field): HTMLElement | undefined =>
  hint === undefined ? undefined : element('p', { class: 'hint', id: `${id}-hint` }, [hint]);

const describedBy = ({ id, hint }: Field): { 'aria-describedby': string | undefined } => ({
  'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
});

/** A box with its words, and what it does. */
export function checkbox(
  field: Field & { readonly isChecked: boolean },
  changed: (isChecked: boolean, box: HTMLInputElement) => void,
): HTMLElement {
  const box = element('input', { type: 'checkbox', id: field.id, ...describedBy(field) });
  box.checked = field.isChecked;
  box.addEventListener('change', () => changed(box.checked, box));
  return element('div', { class: 'choice' }, [
    box,
    element('div', {}, [element('label', { for: field.id }, [field.label]), hintOf(field)]),
  ]);
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** One of several, all of them shown. */
export function radios<Value extends string>(
  { id, legend, chosen }: { readonly id: string; readonly legend: string; readonly chosen: Value },
  choices: readonly Choice<Value>[],
  changed: (value: Value) => void,
): HTMLElement {
  const shown = choices.map(({ value, label, hint }) => {
    const field = { id: `${id}-${value}`, label, hint };
    const radio = element('input', { type: 'radio', name: id, id: field.id, value, ...describedBy(field) });
    radio.checked = value === chosen;
    radio.addEventListener('change', () => changed(value));
    return element('div', { class: 'choice' }, [
      radio,
      element('div', {}, [element('label', { for: field.id }, [label]), hintOf(field)]),
    ]);
  });
  return element('fieldset', {}, [element('legend', {}, [legend]), ...shown]);
}

/** A field for one line, with its words above it. */
export function textField(field: Field, input: HTMLInputElement | HTMLSelectElement, beside: readonly Child[] = []) {
  input.id = field.id;
  if (field.hint !== undefined) input.setAttribute('aria-describedby', `${field.id}-hint`);
  return element('div', { class: 'field' }, [
    element('label', { for: field.id }, [field.label]),
    hintOf(field),
    element('div', { class: 'row' }, [input, ...beside]),
  ]);
}
