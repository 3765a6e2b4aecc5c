import { html } from 'hono/html';
import type { FoundTerms } from '../../api/find.ts';
import { sameTermsIndex } from '../../api/same-terms.ts';
import { serviceName } from '../../api/service-name.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { termsTypeWords } from '../parts/terms-type.ts';

/** The same terms in other collections, and under the names that they had or have; nothing where there are none. */
export function sameTermsElsewhere(page: PageContext, found: FoundTerms): Html | '' {
  const { t, to, deps } = page;
  const { collection, serviceId, termsType, reader, recorded } = found;
  const others = sameTermsIndex(deps.collections).others({ collection: collection.id, serviceId, termsType });
  const later = reader
    .terms()
    .filter(({ formerly }) => formerly.some((name) => name.serviceId === serviceId && name.termsType === termsType));
  const named = (names: { readonly serviceId: string; readonly termsType: string }): Html =>
    html`<a href="${to.terms({ ...names, collection: collection.id })}"><bdi>${serviceName(collection, names.serviceId)}</bdi> · ${termsTypeWords(page, names.termsType)}</a>`;
  const formerly = recorded?.formerly ?? [];
  return html`${
    others.length === 0
      ? ''
      : html`<section><h2>${t('terms.alsoIn')}</h2>
<p class="muted">${t('terms.alsoInWhat')}</p>
<ul>${others.map((other) => {
          const there = deps.collections.get(other.collection);
          return html`<li><a href="${to.terms(other)}"><bdi>${there ? serviceName(there, other.serviceId) : other.serviceId}</bdi> · ${termsTypeWords(page, other.termsType)}</a> <span class="muted"><bdi>${there?.name ?? other.collection}</bdi></span></li>`;
        })}</ul></section>`
  }
${
  formerly.length + later.length === 0
    ? ''
    : html`<section><h2>${t('terms.otherNames')}</h2>
<p class="muted">${t('terms.otherNamesWhat')}</p>
<ul>${formerly.map((name) => html`<li>${t('terms.formerly')} ${named(name)}</li>`)}${later.map((name) => html`<li>${t('terms.later')} ${named(name)}</li>`)}</ul></section>`
}`;
}
