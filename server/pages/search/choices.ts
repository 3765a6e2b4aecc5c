import { html } from 'hono/html';
import type { Html } from '../frame.ts';

/** A way of showing a list. */
export interface View {
  readonly words: string;
  readonly href: string;
  readonly isChosen: boolean;
}

/** A few ways of showing the same, beside each other; the chosen one is marked. @param label says what is chosen */
export const choices = (label: string, all: readonly View[]): Html =>
  html`<nav class="view-choices" aria-label="${label}">${all.map(
    ({ words, href, isChosen }, place) =>
      html`${place > 0 ? html` <span aria-hidden="true">|</span> ` : ''}${
        isChosen ? html`<a href="${href}" aria-current="true">${words}</a>` : html`<a href="${href}">${words}</a>`
      }`,
  )}</nav>`;
