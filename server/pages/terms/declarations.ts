import { html } from 'hono/html';
import type { Terms } from '../../../archive/declarations/service.ts';
import { toDeclaration } from '../../api/answers/declaration.ts';
import type { FoundTerms } from '../../api/find.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { sourceDocuments } from '../parts/source-documents.ts';

/** Declarations of terms over time, today's first: what was fetched from where, and what was taken of it. */
export function declarations(page: PageContext, { collection, service, termsType }: FoundTerms): Html | '' {
  const { t } = page;
  const periods = periodsOf(
    service?.history.get(termsType) ?? [],
    service?.terms.find(({ type }) => type === termsType),
  );
  if (periods.length === 0) return '';
  return html`<section><h2>${t('declaration.title')}</h2>
<p class="muted">${t('declaration.what')}</p>
${periods.map(
  ({ terms, after }, place) => html`<details class="declaration"${place === 0 ? html` open` : ''}>
<summary>${spanWords(page, terms.validUntil, after)}</summary>
${sourceDocuments(page, toDeclaration(collection.id, terms), 'facts')}
</details>
`,
)}</section>`;
}

interface Period {
  readonly terms: Terms;
  /** Last moment of the declaration before it; undefined: none is known. */
  readonly after: Date | undefined;
}

/** The latest first. */
function periodsOf(former: readonly Terms[], current: Terms | undefined): Period[] {
  const all = [...former, ...(current ? [current] : [])];
  return all.map((terms, place) => ({ terms, after: all[place - 1]?.validUntil })).toReversed();
}

function spanWords({ t, format }: PageContext, until: Date | undefined, after: Date | undefined): string {
  if (until === undefined) {
    return after === undefined ? t('declaration.current') : t('declaration.since', { date: format.day(after) });
  }
  return after === undefined
    ? t('declaration.until', { date: format.day(until) })
    : t('declaration.between', { from: format.day(after), until: format.day(until) });
}
