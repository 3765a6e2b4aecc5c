import { html } from 'hono/html';
import type { Html } from '../frame.ts';

export interface Choice {
  readonly value: string;
  readonly words: string;
  /** Choices of the same group follow each other. */
  readonly group?: string | undefined;
}

/** A field with one of several values, or none. @param chosen the first counts */
export function selectField(
  label: string,
  name: string,
  none: string,
  chosen: readonly string[] | undefined,
  choices: readonly Choice[],
): Html {
  const groups = Map.groupBy(choices, ({ group }) => group);
  const options = (of: readonly Choice[]): Html[] =>
    of.map(
      ({ value, words }) =>
        html`<option value="${value}"${value === chosen?.[0] ? html` selected` : ''}>${words}</option>`,
    );
  return html`<label>${label} <select name="${name}"><option value="">${none}</option>${[...groups].map(
    ([group, of]) => (group === undefined ? options(of) : html`<optgroup label="${group}">${options(of)}</optgroup>`),
  )}</select></label>`;
}

/** A day; a moment that an address asks for is kept as it is, since a field for days would lose it. */
export const dateField = (label: string, name: string, chosen: readonly string[] | undefined): Html => {
  const value = chosen?.[0] ?? '';
  const isDay = value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value);
  return html`<label>${label} <input type="${isDay ? 'date' : 'text'}" name="${name}" value="${value}"></label>`;
};

/** What there is to choose, and what was chosen though it is none of that. */
export const chosenAmong = (all: readonly string[], chosen: readonly string[] = []): readonly string[] => [
  ...new Set([...all, ...chosen]),
];
