import { html } from 'hono/html';
import type { Redline } from '../../api/contract.ts';
import { toSide } from '../../api/routes/redlines.ts';
import { answerPage } from '../answer-page.ts';
import type { Html, PageLink } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { citation } from '../parts/citation.ts';
import type { PrintedRecord } from '../parts/running-head.ts';
import { readQuery } from '../read-query.ts';
import { citedSources, sourcesOf, versionView } from '../version/version-view.ts';
import { askedDays } from './asked-days.ts';
import { answerBetween } from './between.ts';
import { type Compared, type ComparedVersion, findCompared } from './compared.ts';
import { answerParagraph } from './paragraph.ts';
import { redlineBody } from './parts/redline-body.ts';
import type { RedlineLinks } from './parts/redline-words.ts';
import { redlineControls } from './redline-controls.ts';
import { redlineFacts, titleOf } from './redline-facts.ts';
import { redlinePicker } from './redline-picker.ts';
import { REDLINE_QUERY } from './redline-query.ts';
import { websiteWords } from './website-words.ts';

const TERMS = '/:collection/services/:service/:type';

export function addRedlinePages(add: AddPage): void {
  add(`${TERMS}/redlines`, answerBetween);
  add(`${TERMS}/versions/:id/paragraphs/:place`, answerParagraph);
  add(`${TERMS}/redlines/:before/:after`, async (page) => {
    const query = readQuery(page, REDLINE_QUERY);
    const compared = findCompared(page, query);
    const { before, after, isFinal } = compared;
    const redline = await page.deps.queries.redline(
      toSide(before.collection, before.version),
      toSide(after.collection, after.version),
      page.c.req.raw.signal,
    );
    const title = titleOf(page, compared);
    const body = html`${redlineFacts(page, compared, redline)}
${askedDays(page, compared, query)}
${redlineControls(page, compared, redline, query)}
<h2 class="visually-hidden">${page.t('redline.name')}</h2>
${isNothing(redline) ? html`<p class="said">${page.t('redline.nothing')}</p>` : ''}
${redlineBody(redline.blocks, {
  words: websiteWords(page),
  view: query.view,
  isAll: query.show === 'all',
  links: linksOf(page, compared),
  columns: [columnOf(page, before), columnOf(page, after)],
  languages: languagesOf(compared),
})}
${citationOf(page, compared)}
${redlinePicker(page, compared)}`;
    const facts = {
      title,
      description: descriptionOf(page, redline),
      kind: 'redline',
      records: [printedRecord(before, page.t('redline.before')), printedRecord(after, page.t('redline.after'))],
      alternates: [apiLink(page, compared, title)],
      isUnlisted: !compared.isOneChange,
    };
    return answerPage(page, facts, body, { caching: isFinal ? 'short' : 'incomplete' });
  });
}

const printedRecord = ({ collection, version }: ComparedVersion, name: string): PrintedRecord => ({
  name,
  date: version.fetchDate,
  id: version.id,
  ...sourcesOf(versionView(collection, collection.index(), version)),
});

/** The name is kept by itself: one from right to left would pull the date's number to it. */
const columnOf = ({ format }: PageContext, { version, serviceName }: ComparedVersion): string =>
  `\u{2068}${serviceName}\u{2069}, ${format.day(version.fetchDate)}`;

/** Versions of the same terms are in one language, where only one of them was judged. */
function languagesOf({ before, after, isSameTerms }: Compared): [string | undefined, string | undefined] {
  const [former, current] = [before, after].map(({ version }) => version.analysis?.language);
  return isSameTerms ? [former ?? current, current ?? former] : [former, current];
}

const isNothing = ({ blocks }: Redline): boolean => blocks.every(({ kind }) => kind === 'equal');

const descriptionOf = ({ t }: PageContext, { wordsInserted: added, wordsDeleted: removed }: Redline): string =>
  t('words.spoken', { added, removed });

const linksOf = ({ to }: PageContext, { before, after }: Compared): RedlineLinks => ({
  clause: (side, place) => to.paragraph((side === 'before' ? before : after).address, place),
});

function citationOf(page: PageContext, { before, after }: Compared): Html {
  const sides = [before, after];
  const views = sides.map(({ collection, version }) => versionView(collection, collection.index(), version));
  return citation(page, {
    versions: sides.map(({ collection, version }) => ({ ...version, collection })),
    ...citedSources(views),
    address: page.to.redline(before.address, after.address),
  });
}

/** The same for programs. */
const apiLink = ({ to }: PageContext, { before, after }: Compared, title: string): PageLink => ({
  href: to.api.redline(before.address, after.address),
  title,
  type: 'application/json',
});
