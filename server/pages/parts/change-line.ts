import { html } from 'hono/html';
import { toChange } from '../../api/answers/version.ts';
import type { Change, ChangeClass } from '../../api/contract.ts';
import type { ListedChange } from '../../api/list-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { changeNotes, takenBackAmong } from './change-notes.ts';
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
): Html => {
  const shown = changes.map((listed) => ({ listed, change: toChange(listed, page.to.outside('/api')) }));
  const takenBack = takenBackAmong(shown.map(({ change }) => change));
  return html`<ol class="changes">
${shown.map(({ listed, change }) =>
  changeLine(page, change, {
    ...options,
    gist: isOfWords(listed) ? gistOf(listed.collection, listed.version, options.topics) : undefined,
    takenBack: takenBack(change),
    said: options.further?.(listed),
  }),
)}
</ol>`;
};

/** What is told of one line besides. */
interface LineOptions extends ChangeLineOptions {
  readonly gist: Gist | undefined;
  /** When a later change withdrew it, where the list has that one too. */
  readonly takenBack: string | undefined;
  readonly said: Html | '' | undefined;
}

/** Of other marks and links alone no words can be shown, and to look for some is what costs most in a list. */
const WORDLESS: ReadonlySet<string> = new Set(['none', 'formatting', 'links'] satisfies ChangeClass[]);

const isOfWords = ({ version: { analysis } }: ListedChange): boolean => !analysis || !WORDLESS.has(analysis.class);

/**
 * One change: date, service, terms type, class, topics, words, weight, and what happened in its own words. An `li` of a list
 * `.changes`; `data-fetched` is what “since my last visit” goes by.
 */
function changeLine(page: PageContext, change: Change, options: LineOptions): Html {
  const { format } = page;
  const { fetchDate, analysis, isFirstRecord } = change;
  const { gist, takenBack, said = '' } = options;
  const isQuiet = !(analysis?.alert || (analysis?.undoes.length ?? 0) > 0 || analysis?.overlay?.kind === 'persisting');
  return html`<li class="change${isQuiet ? ' is-quiet' : ''}" data-fetched="${fetchDate}">
<p class="change-margin"><time class="change-date" datetime="${fetchDate}">${format.briefDay(fetchDate)}</time> ${weightOf(page, change)}</p>
<div class="change-body">
<p class="change-head"><a class="change-link" href="${addressOf(page, change)}"${options.within === 'terms' ? html` aria-label="${whatOf(page, change)}"` : ''}>${namesOf(page, change, options)}</a>${whereOf(page, change, options)}
${classMark(page, change)} ${topicLinks(page, analysis?.topics ?? [])} ${wordsOf(page, change)}</p>
${gist ? gistLine(isFirstRecord ? unmarked(gist) : gist, analysis?.language ?? undefined) : ''}
${changeNotes(page, change, takenBack)}
${said}
</div>
</li>
`;
}

/** The redline against the version before; of a first record the version itself. */
function addressOf({ to }: PageContext, change: Change): string {
  return change.previousId === null ? to.version(change) : to.redline({ ...change, id: change.previousId }, change);
}

/** Of lists in which all links say the same, what is heard of each alone. */
const whatOf = ({ t, format }: PageContext, { previousId, fetchDate }: Change): string =>
  t('change.ofDate', {
    what: t(previousId === null ? 'change.firstRecord' : 'change.what'),
    date: format.day(fetchDate),
  });

function namesOf(page: PageContext, change: Change, { within }: ChangeLineOptions): Html {
  const { serviceName, termsType } = change;
  if (within === 'terms') return html`${page.t(change.previousId === null ? 'change.firstRecord' : 'change.what')}`;
  const service = within === 'service' ? '' : html`<b dir="auto">${serviceName}</b> · `;
  return html`${service}${termsTypeWords(page, termsType)}`;
}

function whereOf(
  { t, deps }: PageContext,
  { collection }: Change,
  { isCollectionShown }: ChangeLineOptions,
): Html | '' {
  if (!isCollectionShown) return '';
  const name = deps.collections.get(collection)?.name ?? collection;
  return html` <span class="muted">${t('change.inCollection', { collection: name })}</span>`;
}

/** “+120 −35 words” */
function wordsOf({ t }: PageContext, { analysis }: Change): Html | '' {
  if (!analysis || (analysis.wordsAdded === 0 && analysis.wordsRemoved === 0)) return '';
  const { wordsAdded: added, wordsRemoved: removed } = analysis;
  return html`<span class="words" aria-label="${t('words.spoken', { added, removed })}" role="img"><span class="words-added">${t('words.plus', { count: added })}</span> <span class="words-removed">${t('words.minus', { count: removed })}</span> ${t('words.unit')}</span>`;
}

/** From these weights on; of all alerts of a large collection, about a third is below each. */
const NOTABLE = 0.25;
const GREAT = 0.55;

/** How weighty the change is, in words; the number is told with the reasons. Nothing where it has no weight at all. */
function weightOf({ t, to }: PageContext, change: Change): Html | '' {
  const weight = change.analysis?.significance ?? 0;
  if (weight < 0.005) return '';
  const words =
    weight < NOTABLE ? 'change.weightSmall' : weight < GREAT ? 'change.weightNotable' : 'change.weightGreat';
  return html`<a class="weight" href="${to.analysis(change)}">${t(words)}</a>`;
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
