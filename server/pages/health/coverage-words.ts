import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import { serviceName } from '../../api/service-name.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import { type DeclaredTerms, type RecordedCoverage, recordedCoverage } from './recorded-coverage.ts';

/** Terms named on one page. */
const MOST_NAMED = 100;

/** What is recorded of what is declared, until when, and of which terms there is nothing, or nothing new for long. */
export function coverageWords(page: PageContext, collection: ServedCollection, areChecksKnown: boolean): Html | '' {
  const coverage = readCoverage(page, collection);
  if (!coverage) return '';
  const { t, format } = page;
  const { lastVersion, neverRecorded, quiet } = coverage;
  return html`<p>${lastVersion ? `${t('health.lastVersion', { date: format.day(lastVersion) })} ` : ''}${countsOf(page, coverage)}</p>
${termsList(page, collection, t('health.neverRecorded', { count: neverRecorded.length }), neverRecorded)}
${areChecksKnown ? '' : termsList(page, collection, t('health.quiet', { count: quiet.length }), quiet, t('health.quietWhat'))}`;
}

/** “Recorded: 877 terms of 385 services. Declared today: 879 terms of 386 services.” */
export const countsOf = ({ t }: Pick<PageContext, 't'>, { recorded, declared }: RecordedCoverage): string =>
  t('collection.services', {
    services: recorded.services,
    terms: recorded.terms,
    declared: declared.services,
    declaredTerms: declared.terms,
  });

/** undefined: the index cannot say just now. */
export function readCoverage({ now }: PageContext, collection: ServedCollection): RecordedCoverage | undefined {
  try {
    return recordedCoverage(collection, now);
  } catch (error) {
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}

function termsList(
  page: PageContext,
  collection: ServedCollection,
  summary: string,
  terms: readonly DeclaredTerms[],
  what?: string,
): Html | '' {
  if (terms.length === 0) return '';
  const { t, to, format } = page;
  const further = terms.length - MOST_NAMED;
  return html`<details><summary>${summary}</summary>
${what === undefined ? '' : html`<p class="muted">${what}</p>`}
<ul>${terms.slice(0, MOST_NAMED).map(
    ({ serviceId, termsType, latestDate }) =>
      html`<li><a href="${to.terms({ collection: collection.id, serviceId, termsType })}"><bdi>${serviceName(collection, serviceId)}</bdi> · ${termsTypeWords(page, termsType)}</a>${latestDate ? html` <span class="muted">${t('services.latest', { date: format.day(latestDate) })}</span>` : ''}</li>
`,
  )}</ul>
${further > 0 ? html`<p class="muted">${t('health.moreTerms', { count: further })}</p>` : ''}</details>
`;
}
