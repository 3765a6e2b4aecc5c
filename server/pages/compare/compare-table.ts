import { html } from 'hono/html';
import type { ComparedTerms } from '../../api/contract.ts';
import { ofSameTerms } from '../../api/same-terms-version.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { gistLine } from '../parts/change-line.ts';
import { gistOf } from '../parts/gist.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import { type AskedComparison, toComparisonParameters } from './compare-query.ts';

/** A column: its name, and its cell in a row. */
interface Column {
  readonly name: string;
  /** Of the service's own words: takes more room than the others. */
  readonly isOfWords?: boolean;
  readonly cell: (row: ComparedTerms) => Html | string;
}

/**
 * One line for each service's terms. Roles are said, since browsers forget them where a narrow window has the cells below
 * each other.
 *
 * @param base the terms that the others are set against, if any were chosen
 */
export function compareTable(
  page: PageContext,
  asked: AskedComparison,
  rows: readonly ComparedTerms[],
  base: ComparedTerms | undefined,
): Html {
  const { t } = page;
  const columns: Column[] = [
    ...(asked.type?.length === 1
      ? []
      : [{ name: t('search.type'), cell: (row: ComparedTerms) => termsTypeWords(page, row.termsType) }]),
    ...(asked.q === undefined ? [] : mentionColumns(page)),
    ...(asked.topic === undefined ? [] : changeColumns(page, asked.topic).slice(asked.q === undefined ? 0 : 1)),
    versionColumn(page),
    againstColumn(page, asked, base),
  ];
  return html`<div class="table" tabindex="0" role="region" aria-label="${t('compare.table')}"><table class="compare" role="table">
<caption class="visually-hidden">${t('compare.table')}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${t('search.service')}</th>${columns.map(({ name, isOfWords }) => html`<th scope="col" role="columnheader"${isOfWords ? html` class="of-words"` : ''}>${name}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  (
    row,
  ) => html`<tr role="row" data-fetched="${lastOf(row)}"><th scope="row" role="rowheader">${nameCell(page, row)}</th>${columns.map(({ cell }) => html`<td role="cell">${cell(row)}</td>`)}</tr>
`,
)}</tbody>
</table></div>`;
}

/** When what the row tells came to be: what was searched for, or else the change of that topic, or the version. */
const lastOf = ({ mention, changes, latestDate }: ComparedTerms): string =>
  mention === null ? (changes?.latestDate ?? latestDate) : (mention.disappeared?.by ?? mention.appeared.by);

function nameCell({ to, deps }: PageContext, row: ComparedTerms): Html {
  const isSeveral = deps.collections.all().length > 1;
  return html`<a href="${to.terms(row)}"><bdi>${row.serviceName}</bdi></a>${isSeveral ? html` <small class="muted">${deps.collections.get(row.collection)?.name ?? row.collection}</small>` : ''}`;
}

function mentionColumns(page: PageContext): Column[] {
  const { t, to } = page;
  return [
    { name: t('compare.since'), cell: (row) => sinceCell(page, row) },
    {
      name: t('compare.passage'),
      isOfWords: true,
      cell: ({ collection, mention, ...row }) =>
        mention === null
          ? ''
          : html`<p class="compare-passage" lang="" dir="auto">${mention.excerpt.map(({ text, isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text))}</p>
<a href="${to.clause(collection, mention.clauseId)}" aria-label="${named(page, t('clause.title'), row)}">${t('clause.title')}</a>${mention.paragraphs > 1 ? html` <span class="muted">${t('compare.paragraphs', { count: mention.paragraphs })}</span>` : ''}`,
    },
  ];
}

/** Since when the terms have held it, as far as that is known; told apart in words where it is gone or never stood. */
function sinceCell({ t, format }: PageContext, { mention, firstDate }: ComparedTerms): Html {
  if (mention === null) {
    return html`<span class="muted">${t('compare.never')}</span> <small class="muted">${t('compare.recordedSince', { date: format.briefDay(firstDate) })}</small>`;
  }
  const { appeared, disappeared, absences } = mention;
  const from = format.briefDay(appeared.by);
  const notes = [
    ...(disappeared === null ? [] : [t('compare.goneNote')]),
    ...(appeared.basis === 'first-record' ? [t('compare.firstNote')] : []),
    ...(absences > 0 ? [t('compare.absences', { count: absences })] : []),
  ];
  return html`<span class="${disappeared === null ? 'is-in-force' : 'is-removed'}">${
    disappeared === null
      ? t('compare.sinceDay', { from })
      : t('compare.gone', { from, until: format.briefDay(disappeared.by) })
  }</span>${notes.map((note) => html` <small class="muted">${note}</small>`)}`;
}

/** Since when the terms have changed about a topic, when they last did, and in which words. */
function changeColumns(page: PageContext, topics: readonly string[]): Column[] {
  const { t, to, format } = page;
  return [
    {
      name: t('compare.since'),
      cell: ({ changes, ...terms }) =>
        changes === null
          ? html`<span class="muted">${t('compare.noChanges')}</span>`
          : html`<a href="${to.version({ ...terms, id: changes.firstVersionId })}">${t('compare.firstChange', { from: format.briefDay(changes.firstDate) })}</a> <small class="muted">${t('compare.firstChangeNote')}</small>`,
    },
    {
      name: t('compare.changes'),
      cell: ({ changes, ...terms }) =>
        changes === null
          ? ''
          : html`<a href="${to.version({ ...terms, id: changes.latestVersionId })}">${format.briefDay(changes.latestDate)}</a> <small class="muted">${t('compare.changesCount', { count: changes.count })}</small>`,
    },
    { name: t('compare.changed'), isOfWords: true, cell: (row) => changedWords(page, row, topics) },
  ];
}

/** The words of the latest change about the topics. */
function changedWords({ deps }: PageContext, row: ComparedTerms, topics: readonly string[]): Html | '' {
  const collection = deps.collections.get(row.collection);
  if (!collection || row.changes === null) return '';
  const version = ofSameTerms(collection.index(), row.changes.latestVersionId, row);
  const gist = version && gistOf(collection, version, topics);
  return gist ? gistLine(gist, version.analysis?.language) : '';
}

const versionColumn = ({ t, to, format }: PageContext): Column => ({
  name: t('compare.latest'),
  cell: ({ latestDate, latestVersionId, versions, firstDate, ...terms }) =>
    html`<a class="number" href="${to.version({ ...terms, id: latestVersionId })}">${format.briefDay(latestDate)}</a> <small class="muted">${t('compare.versions', { count: versions, date: format.briefDay(firstDate) })}</small>`,
});

/** The latest versions of two services as a redline: one is chosen, then each of the others leads to it. */
function againstColumn(page: PageContext, asked: AskedComparison, base: ComparedTerms | undefined): Column {
  const { t, to } = page;
  const parameters = toComparisonParameters(asked);
  const isBase = (row: ComparedTerms): boolean =>
    base?.collection === row.collection && base.serviceId === row.serviceId && base.termsType === row.termsType;
  return {
    name: t('compare.redline'),
    cell(row) {
      if (isBase(row)) return html`<b>${t('compare.isBase')}</b>`;
      if (base && base.termsType === row.termsType) {
        const before = { ...base, id: base.latestVersionId };
        const after = { ...row, id: row.latestVersionId };
        return html`<a href="${to.redline(before, after)}">${t('compare.against', { service: base.serviceName })}</a>`;
      }
      return html`<a href="${to.compare({ ...parameters, base: baseOf(row) })}" aria-label="${named(page, t('compare.takeBase'), row)}">${t('compare.takeBase')}</a>`;
    },
  };
}

/** What a link says, and of which terms: what is heard of it alone. */
const named = (
  { t, format }: PageContext,
  what: string,
  { serviceName, termsType }: Pick<ComparedTerms, 'serviceName' | 'termsType'>,
): string => t('compare.named', { what, service: `${serviceName} · ${format.termsType(termsType)}` });

/** Names the terms in an address. */
export const baseOf = ({ collection, serviceId, termsType }: ComparedTerms): string =>
  `${collection}/${serviceId}/${termsType}`;
