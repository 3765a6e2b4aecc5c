import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/**
 * The place in which the script says what of a list is new since the reader was last here; it stands before the list. It
 * counts whatever has `data-fetched` in the next list. When that was stays in the browser, so the words are here and the
 * numbers come there; without scripts nothing is shown.
 *
 * @param asked makes the list another one than the page without it: what was searched for. Only a short name of it is kept
 */
export function sinceLastVisit({ t, c, to }: PageContext, asked?: string): Html {
  const { pathname } = new URL(c.req.url);
  const place = pathname.slice(Math.max(0, to.start().length - 1));
  const name =
    asked === undefined ? place : `${place} ${createHash('sha256').update(asked).digest('base64url').slice(0, 16)}`;
  return html`<div class="visit no-print" data-visit="${name}" hidden>
<p role="status"><span data-if="new">${placed(t('visit.since', { count: COUNT, date: DATE }))}</span><span data-if="nothing">${placed(t('visit.nothing', { date: DATE }))}</span></p>
<button type="button" data-all="${t('visit.all')}" data-new="${t('visit.new')}" title="${t('visit.kept')}">${t('visit.only')}</button>
</div>`;
}

/** Signs that no message has. */
const COUNT = '\uE000';
const DATE = '\uE001';

/** The message with elements in its places, for the script to fill. */
const placed = (message: string): Html =>
  html`${message
    .split(/([\uE000\uE001])/u)
    .map((part) => (part === COUNT ? html`<b></b>` : part === DATE ? html`<time></time>` : part))}`;
