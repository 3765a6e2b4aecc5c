import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { toCoverage } from '../../api/answers/coverage.ts';
import type { Coverage, FailingTerms } from '../../api/contract.ts';
import { serviceName } from '../../api/service-name.ts';
import type { Html } from '../frame.ts';
import type { MessageKey } from '../messages.ts';
import type { PageContext } from '../page-context.ts';
import { exportLinks } from '../parts/exports.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import { failureReason, failureWords } from '../parts/tracking-state.ts';

/** How completely a collection is tracked, in a sentence, with the way to what fails. */
export function healthOf(page: PageContext, collection: ServedCollection): Html {
  const { t, to, format } = page;
  const coverage = toCoverage(collection);
  if (!coverage.areChecksKnown) {
    return html`<p class="muted">${t(collection.kind === 'mirrored' ? 'health.mirrored' : 'health.unchecked')}</p>`;
  }
  const { declaredTerms: declared, failingTerms: failing, lastRun } = coverage;
  const run = lastRun === null ? '' : t('health.lastRun', { date: format.moment(lastRun.startedAt) });
  return html`<p>${failing === 0 ? t('health.allFine', { count: declared }) : html`<a class="is-alert" href="${to.health()}#${sectionId(collection)}">${t('health.someFail', { failing, count: declared })}</a>`} <span class="muted">${run}</span></p>`;
}

/** Names a collection's part of the page. */
export const sectionId = ({ id }: Pick<ServedCollection, 'id'>): string => `c-${id}`;

const NEXT: Readonly<Record<string, MessageKey>> = {
  blocked: 'repair.blocked',
  'not-found': 'repair.notFound',
  timeout: 'repair.timeout',
  network: 'repair.network',
  server: 'repair.server',
  'too-large': 'repair.tooLarge',
  'forbidden-address': 'repair.forbiddenAddress',
  'unsupported-type': 'repair.unsupportedType',
  'no-match': 'repair.noMatch',
  empty: 'repair.empty',
  unreadable: 'repair.unreadable',
};

/** Terms whose last check failed, by reason, each reason with what helps against it. */
export function failingByReason(
  page: PageContext,
  collection: ServedCollection,
  { reasons, failing }: Coverage,
): Html | '' {
  const { t } = page;
  const byReason = Map.groupBy(
    failing,
    ({ failures: [first] }) => `${first?.stage ?? 'internal'} ${first?.reason ?? 'unknown'}`,
  );
  if (failing.length === 0) return '';
  return html`${reasons.map(({ stage, reason, terms }) => {
    const next = NEXT[reason];
    return html`<details class="failing">
<summary>${failureReason(page, stage, reason) ?? t('health.otherReason', { reason })} <span class="muted number">${t('count.terms', { count: terms })}</span></summary>
<p>${t(next ?? 'repair.other')}</p>
<div class="table" role="region" tabindex="0" aria-label="${failureReason(page, stage, reason) ?? reason}"><table>
<caption class="visually-hidden">${failureReason(page, stage, reason) ?? reason}</caption>
<thead><tr><th scope="col">${t('health.terms')}</th><th scope="col">${t('health.since')}</th><th scope="col">${t('health.why')}</th></tr></thead>
<tbody>${(byReason.get(`${stage} ${reason}`) ?? []).map((one) => failingRow(page, collection, one))}</tbody>
</table></div>
</details>
`;
  })}
${exportLinks(page, [
  { href: page.to.api.coverage(collection.id, { format: 'csv' }), title: t('export.csv'), type: 'text/csv' },
  { href: page.to.api.coverage(collection.id), title: t('export.json'), type: 'application/json' },
])}`;
}

function failingRow(
  page: PageContext,
  collection: ServedCollection,
  { serviceId, termsType, since, consecutiveFailures, failures }: FailingTerms,
): Html {
  const { t, to, format } = page;
  return html`<tr data-fetched="${since}"><th scope="row"><a href="${to.terms({ collection: collection.id, serviceId, termsType })}"><bdi>${serviceName(collection, serviceId)}</bdi> · ${termsTypeWords(page, termsType)}</a></th>
<td class="number">${format.briefDay(since)}<br><span class="muted">${t('health.failures', { count: consecutiveFailures })}</span></td>
<td>${failures.map(
    (failure) =>
      html`<p>${failureWords(page, failure)}<br><code dir="auto">${failure.location}</code><br><span class="muted" lang="en">${failure.message}</span></p>`,
  )}</td></tr>
`;
}
