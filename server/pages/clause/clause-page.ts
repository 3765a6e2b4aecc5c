import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { toClauseHistory } from '../../api/answers/clause.ts';
import type { ClauseHistory, ClauseWording, RedlineBlock } from '../../api/contract.ts';
import { findCollection, notFound, quoted } from '../../api/find.ts';
import { incompleteAmong, refuseIncompleteText } from '../../api/incomplete-text.ts';
import { oneOf, query } from '../../api/parameters.ts';
import { ofSameTerms } from '../../api/same-terms-version.ts';
import { serviceName } from '../../api/service-name.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { citation } from '../parts/citation.ts';
import { crumbs } from '../parts/crumbs.ts';
import { exportLinks, feedsOfChanges } from '../parts/exports.ts';
import { recordEnds } from '../parts/record-ends.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { readQuery } from '../read-query.ts';
import { redlineText } from '../redline/parts/redline-text.ts';
import { websiteWords } from '../redline/website-words.ts';
import { citedSources, versionView } from '../version/version-view.ts';
import { absences, intervalSentence, lifeSentence } from './clause-life.ts';
import { compareWordings } from './compare-wordings.ts';

const QUERY = query({ show: oneOf('The latest wordings, or all of them.', ['latest', 'all'], 'latest') });
const MOST_SHOWN = 20;
const LONGEST_TITLE = 80;
const LONGEST_QUOTE = 2_000;
/** What the search takes as a passage, about. */
const LONGEST_PASSAGE = 600;

/** The life of a clause: when it stood, and each of its wordings with what changed from the one before. */
export function addClausePage(add: AddPage): void {
  add('/:collection/clauses/:clause', async (page) => {
    const { c, deps, t } = page;
    const { collection: id = '', clause = '' } = c.req.param();
    const { show } = readQuery(page, QUERY);
    const collection = findCollection(deps.collections, id);
    const incomplete = incompleteAmong([collection]);
    const clauseId = /^\d{1,16}$/.test(clause) ? Number(clause) : undefined;
    const known =
      clauseId === undefined ? undefined : await deps.queries.clause(collection, clauseId, c.req.raw.signal);
    if (!known) {
      if (clauseId !== undefined) refuseIncompleteText(incomplete);
      throw notFound(`“${collection.id}” has no clause ${quoted(clause)}.`, 'Search for its words.');
    }
    const history = toClauseHistory(collection.id, known);
    const name = serviceName(collection, history.serviceId);
    const words = history.wordings.at(-1)?.text ?? '';
    const title = `${words.slice(0, LONGEST_TITLE)}${words.length > LONGEST_TITLE ? '…' : ''} · ${name}`;
    const alternates = [
      { href: page.to.api.clause(collection.id, history.clauseId), title: t('export.json'), type: 'application/json' },
      ...feedsOfChanges(page, {
        collection: collection.id,
        service: history.serviceId,
        type: history.termsType,
      }),
    ] as const;
    const body = html`${head(page, history, collection.name, name)}
${incomplete.length > 0 ? html`<p class="said">${t('clause.incomplete')}</p>` : ''}
${await wordings(page, history, show === 'all')}
${cited(page, collection, history)}
<p><a href="${page.to.search({ q: passageOf(words) })}">${t('clause.again')}</a></p>
${exportLinks(page, alternates)}`;
    const facts = { title, description: lifeSentence(page, history, history.life), kind: 'clause', alternates };
    return answerPage(page, facts, body, { caching: incomplete.length > 0 ? 'incomplete' : 'short' });
  });
}

function head(page: PageContext, history: ClauseHistory, collectionName: string, name: string): Html {
  const { t, to, format, deps } = page;
  const { collection, serviceId, termsType, heading, life } = history;
  return html`${crumbs(page, [
    { name: collectionName, href: to.collection(collection) },
    { name, href: to.service(collection, serviceId) },
    { name: format.termsType(termsType), href: to.terms({ collection, serviceId, termsType }) },
  ])}
<h1>${t('clause.title')}${heading === null ? '' : html` <small dir="auto" lang="">${heading}</small>`}</h1>
<p class="lead">${lifeSentence(page, history, life)}</p>
${life.disappeared === null ? recordEnds(page, [findCollection(deps.collections, collection)]) : ''}
${absences(page, life)}`;
}

/** Its latest wording, by the version that brought it: that has an address for good. */
function cited(page: PageContext, collection: ServedCollection, { wordings: all, ...terms }: ClauseHistory): Html | '' {
  const latest = all.at(-1);
  const reader = collection.index();
  const version = latest && ofSameTerms(reader, latest.life.appeared.versionId, terms);
  if (!version) return '';
  return citation(page, {
    versions: [{ ...version, collection }],
    ...citedSources([versionView(collection, reader, version)]),
    address: page.to.version({ ...version, collection: collection.id }),
    quote: latest.text.slice(0, LONGEST_QUOTE).toWellFormed(),
  });
}

/** Quotes would be read as a phrase that ends. */
const passageOf = (words: string): string => words.slice(0, LONGEST_PASSAGE).replaceAll('"', ' ');

/** The latest first, each marked against the one before it. */
async function wordings(page: PageContext, history: ClauseHistory, isAll: boolean): Promise<Html> {
  const { t, to } = page;
  const count = history.wordings.length;
  const from = isAll ? 0 : Math.max(0, count - MOST_SHOWN);
  const shown = history.wordings.slice(from);
  const compared = await compareWordings(page, shown, history.wordings[from - 1]);
  return html`<h2>${t('clause.wordings', { count })}</h2>
${sinceLastVisit(page)}
<ol class="wordings" reversed>
${shown.map((wording, place) => one(page, history, wording, compared[place] ?? [])).toReversed()}
</ol>
${from > 0 ? html`<p><a href="${to.clause(history.collection, history.clauseId)}?show=all">${t('clause.more', { count })}</a></p>` : ''}`;
}

function one(
  page: PageContext,
  history: ClauseHistory,
  { life }: ClauseWording,
  blocks: readonly RedlineBlock[],
): Html {
  const words = websiteWords(page);
  return html`<li class="wording" data-fetched="${life.disappeared?.by ?? life.appeared.by}">
<p class="wording-life">${lifeSentence(page, history, life)}</p>
<div class="redline" data-quotable>${blocks.map((block) => html`<p dir="auto" lang="">${redlineText(block, words)}</p>`)}</div>
<ul class="wording-facts">
<li>${intervalSentence(page, history, life.appeared, 'appeared')}</li>
${life.disappeared ? html`<li>${intervalSentence(page, history, life.disappeared, 'gone')}</li>` : ''}
</ul>
</li>
`;
}
