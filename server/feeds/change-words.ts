import type { ChangeClass } from '../../archive/changes/analysis/difference/difference.ts';
import type { VersionAnalysis } from '../../archive/index/indexed-record.ts';
import { topicsUnavailable } from '../api/answers/analysis.ts';
import { createTranslate } from '../pages/messages.ts';
import type { Gist } from '../pages/parts/gist.ts';
import { topicWords } from '../pages/parts/topics.ts';

/** What a change was, for its title: of what is told, and of what is not. */
const TOLD: Partial<Record<ChangeClass, string>> = {
  date: 'new dates',
  links: 'links lead elsewhere',
};
const NOT_TOLD: Record<ChangeClass, string> = {
  none: 'no difference',
  formatting: 'only formatting',
  links: 'only link targets',
  moved: 'only the order',
  numbering: 'only numbering',
  date: 'only dates',
  text: 'only text that comes and goes',
};

/** What is known of a change when its title is made. */
export interface ToldChange {
  readonly serviceName: string;
  readonly termsType: string;
  readonly analysis: VersionAnalysis;
  /** Told by the check that found it for the sixth time, not by its analysis. */
  readonly isPersisting: boolean;
  /** Its first changed words; absent where it has none, or they are not in the index yet. */
  readonly gist?: Gist | undefined;
  /** Fetch dates of the told changes that it withdraws, oldest first. */
  readonly undoes: readonly Date[];
}

const english = createTranslate('en');

/** `disputes/arbitration` in words; feeds are English. */
export const topicName = (topic: string): string => topicWords({ t: english }, topic);

/** “Terms of Service of Brass changed: arbitration, class actions”. */
export function titleOf({ serviceName, termsType, analysis, isPersisting, undoes }: ToldChange): string {
  const terms = `${termsType} of ${serviceName}`;
  const { class: changeClass, state, alert, topics } = analysis;
  const about = topics && topics.length > 0 ? `: ${topics.map(topicName).join(', ')}` : '';
  const undone = undoes.length > 0 ? undoneWords(undoes) : undefined;
  if (undone !== undefined && !alert) return `${terms}: ${undone}`;
  const withdrawing = undone === undefined ? '' : `; ${undone}`;
  if (state === 'persisting' || (isPersisting && state === 'suspect')) {
    return `${terms}: what looked like a faulty capture stayed${withdrawing}`;
  }
  // A second fetch did not give it again at first.
  if (isPersisting) return `${terms} changed, and it stayed${about}${withdrawing}`;
  if (state === 'reverted') return `${terms} went back to an earlier text${about}${withdrawing}`;
  if (alert) {
    const other = TOLD[changeClass];
    return `${terms}${other === undefined ? ` changed${about}` : `: ${other}`}${withdrawing}`;
  }
  if (state === 'suspect') return `${terms}: looks like a faulty capture`;
  if (state === 'return') return `${terms}: as it was before`;
  return `${terms}: ${NOT_TOLD[changeClass]}`;
}

function undoneWords([first, ...others]: readonly Date[]): string {
  const from = first === undefined ? '' : day(first);
  return others.length === 0
    ? `the change of ${from} was undone`
    : `${others.length + 1} changes since ${from} were undone`;
}

/** “In ‘Fees’: We charge [deleted: five] [inserted: ten] euros.” */
export function sentenceOf({ heading, spans }: Gist): string {
  const words = spans.map(({ kind, text }) => {
    const said = text.trim();
    if (kind === 'equal' || said === '') return text;
    return ` [${kind === 'inserted' ? 'inserted' : 'deleted'}: ${said}] `;
  });
  const line = words.join('').replace(/\s+/gu, ' ').trim();
  return heading ? `In “${heading}”: ${line}` : line;
}

/** What happened in its own words, what came and went, from when it applies, and what of it is not known. */
export function summaryOf({
  analysis,
  undoes,
  isPersisting,
  gist,
}: Omit<ToldChange, 'serviceName' | 'termsType'>): string {
  const { class: changeClass, wordsAdded, wordsRemoved, statedDates, topics, language } = analysis;
  return [
    ...(gist && WORDS_COUNT[changeClass] ? [sentenceOf(gist)] : []),
    WORDS_COUNT[changeClass]
      ? `${words(wordsAdded)} added, ${wordsRemoved.toLocaleString('en')} removed.`
      : 'No words changed.',
    ...statedDates.map(
      ({ date, kind }) => `${kind === 'effective' ? 'Effective' : 'Last updated'} ${day(new Date(date))}.`,
    ),
    ...(topics === null ? [topicsUnavailable(language).message] : []),
    ...(isPersisting ? ['It was not told at first; six checks have found it since.'] : []),
    ...(undoes.length > 0 ? [`${undoneWords(undoes).replace(/^t/, 'T')}: the text is as it was before.`] : []),
  ].join(' ');
}

/** Below these, blocks that differ have the same words: their counts would read as if much had changed. */
const WORDS_COUNT: Record<ChangeClass, boolean> = {
  none: false,
  formatting: false,
  links: false,
  moved: false,
  numbering: false,
  date: true,
  text: true,
};

/** Whether a change of this class is one of words. */
export const countsWords = (changeClass: ChangeClass): boolean => WORDS_COUNT[changeClass];

const words = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'word' : 'words'}`;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const day = (date: Date): string => DAY.format(date);
