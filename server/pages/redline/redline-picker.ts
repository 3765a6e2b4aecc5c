import { html } from 'hono/html';
import { ofSameTerms } from '../../api/same-terms-version.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { Compared } from './compared.ts';

/** Other comparisons: the changes before and after this one, any two days, the terms of another service. */
export function redlinePicker(page: PageContext, compared: Compared): Html {
  const { t } = page;
  return html`<section class="redline-picker">
<h2>${t('redline.others')}</h2>
${compared.isSameTerms ? neighbours(page, compared) : ''}
${twoDays(page, compared)}
${otherService(page, compared)}
</section>`;
}

function neighbours({ t, to, format }: PageContext, { before, after }: Compared): Html {
  const reader = after.collection.index();
  const earlier = reader.versionBefore(before.version);
  const nextId = reader.neighbours(after.version).next;
  const later = nextId === undefined ? undefined : ofSameTerms(reader, nextId, after.version);
  const terms = after.address;
  return html`<ul class="plain">
${earlier ? html`<li><a rel="prev" href="${to.redline({ ...terms, id: earlier.id }, before.address)}">‹ ${t('redline.earlier', { from: format.day(earlier.fetchDate), to: format.day(before.version.fetchDate) })}</a></li>` : ''}
${later ? html`<li><a rel="next" href="${to.redline(after.address, { ...terms, id: later.id })}">${t('redline.later', { from: format.day(after.version.fetchDate), to: format.day(later.fetchDate) })} ›</a></li>` : ''}
<li><a href="${to.redlineBetween(terms)}">${t('redline.whole')}</a></li>
</ul>`;
}

function twoDays({ t, to }: PageContext, { before, after, isSameTerms }: Compared): Html {
  const { collection, serviceId, termsType } = after.address;
  const others = isSameTerms ? [] : Object.entries({ collection, service: serviceId, type: termsType });
  return html`<form class="fields" action="${to.redlineBetween(before.address)}">
${others.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>${t('redline.from')} <input type="date" name="from" value="${dayOf(before.version.fetchDate)}"></label>
<label>${t('redline.to')} <input type="date" name="to" value="${dayOf(after.version.fetchDate)}"></label>
<button>${t('redline.compare')}</button>
</form>`;
}

function otherService({ t, to, deps }: PageContext, { before }: Compared): Html {
  const { collection, termsType } = before.address;
  const collections = deps.collections.all();
  return html`<details><summary>${t('redline.withOther')}</summary>
<form class="fields" action="${to.redlineBetween(before.address)}">
<input type="hidden" name="from" value="${dayOf(before.version.fetchDate)}">
<label>${t('redline.service')} <input name="service" required maxlength="255" autocomplete="off"></label>
<label>${t('redline.type')} <input name="type" maxlength="255" value="${termsType}"></label>
${
  collections.length > 1
    ? html`<label>${t('redline.collection')} <select name="collection">${collections.map(
        ({ id, name }) => html`<option value="${id}"${id === collection ? html` selected` : ''}>${name}</option>`,
      )}</select></label>`
    : ''
}
<label>${t('redline.to')} <input type="date" name="to"></label>
<button>${t('redline.compare')}</button>
</form></details>`;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
