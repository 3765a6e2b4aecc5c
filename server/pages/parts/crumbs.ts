import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

export interface Crumb {
  /** A name from the records, or a word of the website. */
  readonly name: string;
  readonly href?: string | undefined;
}

/** Where a page stands: “Collection › Service › Terms”, without the page itself. */
export const crumbs = ({ t }: Pick<PageContext, 't'>, places: readonly Crumb[]): Html =>
  html`<nav aria-label="${t('crumbs.label')}"><ol class="crumbs">${places.map(
    ({ name, href }) =>
      html`<li>${href === undefined ? html`<bdi>${name}</bdi>` : html`<a href="${href}"><bdi>${name}</bdi></a>`}</li>`,
  )}</ol></nav>`;
