import { isOfBlock, type Reason, type ReasonCode } from './reason.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const NUMBER = new Intl.NumberFormat('en-GB');
const LANGUAGE = new Intl.DisplayNames('en-GB', { type: 'language' });
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

type Says = { readonly [Code in ReasonCode]: (reason: Extract<Reason, { readonly code: Code }>) => string };

const SAYS: Says = {
  // Of the change as a whole.
  'error-wording': ({ wording }) => `a short document with the wording of an error: “${wording}”`,
  shrunk: ({ from, to }) => `shrank from ${number(from)} to ${number(to)} words`,
  'without-headings': ({ from }) => `lost all of its ${number(from)} headings and much of its words`,
  'other-language': ({ from, to }) => `turned from ${language(from)} to ${language(to)}`,
  return: ({ date }) => sameAs(date),
  'return-again': ({ date, turns }) => `${sameAs(date)}${again(turns)}`,
  reverted: ({ date }) => `${sameAs(date)}${AFTER_LONG}`,
  'reverted-again': ({ date, turns }) => `${sameAs(date)}${again(turns)}${AFTER_LONG}`,
  persisting: () => 'what looks like a faulty capture has stayed, for three records in a row or for two weeks',
  none: () => 'no difference',
  formatting: () => 'only markup or white space',
  links: () => 'only link targets or pictures',
  moved: () => 'the same blocks in another order',
  more: ({ blocks }) => `… and ${number(blocks)} more ${blocks === 1 ? 'block' : 'blocks'}`,
  unreadable: () =>
    'the content cannot be read: it is missing from the repository or larger than 20 MB; the next record is compared with the one before',
  'former-unreadable': () =>
    'the content of the former record cannot be read any more, so there is nothing to compare with',
  // Of one block.
  words: () => 'words',
  spacing: () => 'only blanks between words',
  mail: () => 'a mail address is hidden from crawlers at one time and shown at the other',
  clock: () => 'only a time that moves by itself, or the year of a copyright notice',
  when: () => 'a date in the place of a time that moves by itself',
  'filled-in': () => 'a template that was not filled in at one time and is at the other',
  numbering: () => 'only the numbering',
  dates: () => 'only dates',
  rewrapped: () => 'the same words divided into other lines',
  fragment: () => 'a fragment without words',
  template: () => 'a template that was not filled in',
  controls: () => 'labels of buttons',
  menu: () => 'an entry of a menu above or below the text',
  repeats: () => 'repeats what stands elsewhere in both versions',
  everywhere: ({ services }) => `stands in ${number(services)} other services`,
  'comes-and-goes': ({ times, of }) =>
    `block seen coming and going in ${number(times)} of the last ${number(of)} changes`,
  counter: ({ times, of }) => `numbers that changed in ${number(times)} of the last ${number(of)} changes`,
  'restless-place': ({ times, of }) =>
    `a short block at a place that changed in ${number(times)} of the last ${number(of)} changes`,
  'restless-document': ({ times }) =>
    `a short block of a document in which such changed ${number(times)} times in 60 days`,
  frame: () => 'part of the frame of the website, which came or went at once',
  'lost-date': () => 'a line that only told a date',
};

/** A reason in English, as the API and the commands tell it. */
export function reasonSentence(reason: Reason): string {
  const say: (reason: never) => string = SAYS[reason.code];
  const says = say(reason as never);
  return isOfBlock(reason) ? `${reason.side}: “${reason.words}”: ${says}` : says;
}

/** Whether this release knows such a reason; one of another release may not be known. */
export const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' && value !== null && 'code' in value && Object.hasOwn(SAYS, String(value.code));

const AFTER_LONG = ', for the first time after more than 90 days';

const number = (value: number): string => NUMBER.format(value);
const language = (code: string): string => LANGUAGE.of(code) ?? code;
const sameAs = (date: number): string => `same words as the version of ${DAY.format(date)}`;
const again = (turns: number): string => `, ${ordinal(turns)} alternation of the same pair`;

function ordinal(place: number): string {
  const word = ORDINALS[place - 1];
  if (word) return word;
  const rest = place % 100;
  return `${number(place)}${rest > 10 && rest < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')}`;
}
