import { html } from 'hono/html';
import type { Redline } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { Compared } from './compared.ts';
import { changeAnchor } from './parts/anchors.ts';
import { countChanges } from './parts/redline-body.ts';
import { runsOf } from './parts/redline-runs.ts';
import type { RedlineQuery } from './redline-query.ts';

/** Steps between the changes, and how the redline is shown. Stays in view while one reads. */
export function redlineControls(
  { t, to }: PageContext,
  { before, after }: Compared,
  { blocks }: Redline,
  query: RedlineQuery,
): Html {
  const changes = countChanges(runsOf(blocks));
  const { view, show } = query;
  const at = (other: Partial<RedlineQuery>): string =>
    to.redline(before.address, after.address, withoutPresets({ ...query, ...other }));
  const choice = (name: string, href: string, isChosen: boolean): Html =>
    isChosen ? html`<b aria-current="true">${name}</b>` : html`<a href="${href}">${name}</a>`;
  return html`<nav class="redline-controls" aria-label="${t('redline.controls')}">
${
  changes === 0
    ? ''
    : html`<p data-changes="${changes}"><a class="button" data-step="-1" href="#${changeAnchor(changes)}">‹ ${t('redline.previous')}</a> <a class="button" data-step="1" href="#${changeAnchor(1)}">${t('redline.next')} ›</a> <span class="number"><span class="needs-script"><span data-current>–</span> / </span>${t('count.places', { count: changes })}</span> <span class="needs-script keys"><kbd>n</kbd> <kbd>p</kbd></span></p>`
}
<p>${choice(t('redline.inline'), at({ view: 'inline' }), view === 'inline')} <span aria-hidden="true">|</span> ${choice(t('redline.side'), at({ view: 'side' }), view === 'side')}</p>
<p>${choice(t('redline.changes'), at({ show: 'changes' }), show === 'changes')} <span aria-hidden="true">|</span> ${choice(t('redline.all'), at({ show: 'all' }), show === 'all')}</p>
</nav>
<p class="redline-legend"><ins>${t('redline.inserted')}</ins> <del>${t('redline.deleted')}</del> <span class="moved-sample">${t('redline.moved')}</span> <span class="muted">${t('redline.legend')}</span>${blocks.some(hasBlanks) ? html` <span class="muted">${t('redline.signs')}</span>` : ''}</p>`;
}

/** Blanks alone that came or went are shown by signs. */
const hasBlanks = ({ kind, spans }: Redline['blocks'][number]): boolean =>
  kind !== 'equal' && spans.some((span) => span.kind !== 'equal' && span.text.trim() === '');

const withoutPresets = ({ view, show, from, to }: RedlineQuery) => ({
  view: view === 'inline' ? undefined : view,
  show: show === 'changes' ? undefined : show,
  from: from?.toISOString(),
  to: to?.toISOString(),
});
