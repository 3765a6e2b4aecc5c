import { html } from 'hono/html';
import { toChange } from '../../api/answers/version.ts';
import type { AnalysisOverlay, Change, ChangeClass } from '../../api/contract.ts';
import type { ListedChange } from '../../api/list-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { classMark } from './class-mark.ts';
import { type Gist, gistOf } from './gist.ts';
import { termsTypeWords } from './terms-type.ts';
import { topicLinks } from './topics.ts';

export interface ChangeLineOptions {
  /** What the page is about already, and so is not said again in each line. Default: nothing. */
  readonly within?: 'service' | 'terms' | undefined;
  /** Says of which collection each line is: for lists over several. */
  readonly isCollectionShown?: boolean | undefined;
  /** Topics that the reader asked for. */
  readonly topics?: readonly string[] | undefined;
  /** What the page says of a change beside, below its line. */
  readonly further?: ((listed: ListedChange) => Html | '') | undefined;
}

/** A list of changes as `listChanges` gives them, each with its first changed words. */
export const changeLines = (
  page: PageContext,
  changes: readonly ListedChange[],
  options: ChangeLineOptions = {},
): Html =>
  html`<ol class="changes">
${changes.map((listed) =>
  changeLine(
    page,
    toChange(listed, page.to.outside('/api')),
    isOfWords(listed) ? gistOf(listed.collection, listed.version, options.topics) : undefined,
    options,
    options.further?.(listed),
  ),
)}
</ol>`;

/** Of other marks and links alone no words can be shown, and to look for some is what costs most in a list. */
const WORDLESS: ReadonlySet<string> = new Set(['none', 'formatting', 'links'] satisfies ChangeClass[]);

const isOfWords = ({ version: { analysis } }: ListedChange): boolean => !analysis || !WORDLESS.has(analysis.class);

/**
 * One change: date, service, terms type, class, topics, words, weight, and what happened in its own words. An `li` of a list
 * `.changes`; `data-fetched` is what “since my last visit” goes by.
 */
function changeLine(
  page: PageContext,
  change: Change,
  gist: Gist | undefined,
  options: ChangeLineOptions = {},
  further: Html | '' = '',
): Html {
  const { format } = page;
  const { fetchDate, analysis, isFirstRecord } = change;
  const isQuiet = !(analysis?.alert || (analysis?.undoes.length ?? 0) > 0 || analysis?.overlay?.kind === 'persisting');
  return html`<li class="change${isQuiet ? ' is-quiet' : ''}" data-fetched="${fetchDate}">
<p class="change-margin"><time class="change-date" datetime="${fetchDate}">${format.briefDay(fetchDate)}</time> ${weightOf(page, change)}</p>
<div class="change-body">
<p class="change-head"><a class="change-link" href="${addressOf(page, change)}">${namesOf(page, change, options)}</a>
${classMark(page, change)} ${topicLinks(page, analysis?.topics ?? [])} ${wordsOf(page, change)}</p>
${gist ? gistLine(isFirstRecord ? unmarked(gist) : gist, analysis?.language ?? undefined) : ''}
${notesOf(page, change)}
${further}
</div>
</li>
`;
}

/** The redline against the version before; of a first record the version itself. */
function addressOf({ to }: PageContext, change: Change): string {
  return change.previousId === null ? to.version(change) : to.redline({ ...change, id: change.previousId }, change);
}

function namesOf(page: PageContext, change: Change, { within, isCollectionShown }: ChangeLineOptions): Html {
  const { collection, serviceName, termsType } = change;
  if (within === 'terms') return html`${page.t(change.previousId === null ? 'change.firstRecord' : 'change.what')}`;
  const service = within === 'service' ? '' : html`<b dir="auto">${serviceName}</b> · `;
  const where = isCollectionShown
    ? html` <span class="muted">${page.deps.collections.get(collection)?.name ?? collection}</span>`
    : '';
  return html`${service}${termsTypeWords(page, termsType)}${where}`;
}

/** “+120 −35 words” */
function wordsOf({ t }: PageContext, { analysis }: Change): Html | '' {
  if (!analysis || (analysis.wordsAdded === 0 && analysis.wordsRemoved === 0)) return '';
  const { wordsAdded: added, wordsRemoved: removed } = analysis;
  return html`<span class="words" aria-label="${t('words.spoken', { added, removed })}" role="img"><span class="words-added">${t('words.plus', { count: added })}</span> <span class="words-removed">${t('words.minus', { count: removed })}</span> ${t('words.unit')}</span>`;
}

/** How weighty the change is, from 0 to 1; nothing where it has no weight at all. */
function weightOf({ t, format, to }: PageContext, change: Change): Html | '' {
  const weight = Math.round((change.analysis?.significance ?? 0) * 100) / 100;
  if (weight === 0) return '';
  return html`<a class="weight number" href="${to.analysis(change)}">${t('change.weight', { value: format.number(weight) })}</a>`;
}

/** With a first record nothing was inserted: it is what was found. */
const unmarked = ({ heading, spans }: Gist): Gist => ({
  heading,
  spans: spans.map(({ text }) => ({ kind: 'equal', text })),
});

/** The heading and the first changed words, marked as in a redline. @param language where it is clear; else it is not the page's */
export const gistLine = ({ heading, spans }: Gist, language: string | undefined): Html =>
  html`<p class="gist" dir="auto" lang="${language ?? ''}">${heading ? html`<span class="gist-heading">${heading}</span> ` : ''}${spans.map(
    ({ kind, text }) => {
      const words = text.trim();
      if (kind === 'equal' || words === '') return html`${text}`;
      // Lines through and below blanks at the ends only look untidy.
      const [before = '', after = ''] = text.split(words, 2);
      return html`${before}${kind === 'inserted' ? html`<ins>${words}</ins>` : html`<del>${words}</del>`}${after}`;
    },
  )}</p>`;

/** What else is known: dates that the change brought, what it withdraws, how it was told. */
function notesOf(page: PageContext, change: Change): Html | '' {
  const { t, format, to } = page;
  const { analysis } = change;
  if (!analysis) return change.previousId === null ? '' : html`<p class="change-notes">${t('change.pending')}</p>`;
  const notes: (Html | string)[] = [
    ...analysis.statedDates.map(({ date, kind }) => t(`change.${kind}`, { date: format.day(date) })),
    ...analysis.undoes.map(
      ({ versionId, fetchDate }) =>
        html`<a href="${to.version({ ...change, id: versionId })}">${t('change.undoes', { date: format.day(fetchDate) })}</a>`,
    ),
    ...(analysis.overlay ? [overlayNote(page, change, analysis.overlay)] : []),
    ...(analysis.state === 'suspect' ? [t('change.suspect')] : []),
    ...(analysis.state === 'persisting' ? [t('change.persisting')] : []),
    ...(analysis.state === 'reverted' ? [t('change.reverted')] : []),
  ];
  if (notes.length === 0) return '';
  return html`<p class="change-notes">${notes.map((note, place) => html`${place > 0 ? ' · ' : ''}${note}`)}</p>`;
}

/** How it was told; of a second fetch on the day of the first one, the day is not said again. */
function overlayNote({ t, format }: PageContext, { fetchDate }: Change, { kind, date }: AnalysisOverlay): string {
  const day = format.day(date);
  return kind === 'confirmed' && day === format.day(fetchDate)
    ? t('overlay.confirmedThen')
    : t(`overlay.${kind}`, { date: day });
}
