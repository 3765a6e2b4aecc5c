import { withoutDates, withoutRelativeTimes } from '../languages/dates.ts';
import { HIDDEN_MAIL_MARK, SHOWN_MAIL } from './meaningful-words.ts';

const SHOWN_MAILS = new RegExp(`${SHOWN_MAIL}\\w*⟩`, 'g');
const NUMBER = /(?<=^| )\p{N}[\p{N}.,:/]*(?= |$)/gu;
/** Numbers, letters and Roman numerals by which headings and items are counted: "3.2", "b", "iv". */
const NUMBERING =
  /^(?:(?:section|article|artikel|artículo|articolo|§) )?(?:\p{N}+(?:[.:]\p{N}+)*|[a-z]|[ivxlc]{1,6})(?= )/u;
const COPYRIGHT =
  /(?<=^| )(?:copyright|all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados)(?= |$)/u;
/** Longest copyright notice, in words. */
const NOTICE = 25;

/**
 * A block's words with one kind of difference taken out, so that two blocks of the same form differ in that kind at most.
 * Computed where asked for: most blocks of most versions are the same as before and need none.
 */
export const FORMS = {
  /** Blanks: words run together or torn apart. Numbers stay apart from each other: "1 5" is not "15". */
  spacing: (words: string) => words.replace(/(?<!\p{N}) | (?!\p{N})/gu, ''),
  /** Mail addresses that are hidden now and shown then. The caller looks whether one of the two hides any. */
  mail: (words: string) => words.replace(SHOWN_MAILS, HIDDEN_MAIL_MARK),
  /** Times that move by themselves, and the years of a copyright notice. */
  clock: (words: string) => {
    const steady = withoutRelativeTimes(words);
    return COPYRIGHT.test(steady) && wordCount(steady) <= NOTICE ? withoutDates(steady) : steady;
  },
  /** Numbers at the beginning. */
  numbering: (words: string) => words.replace(NUMBERING, '').trimStart(),
  /** Dates and lone years. */
  dates: withoutDates,
  /** All numbers and signs before them: prices, votes, percentages. */
  counters: (words: string) => words.replace(NUMBER, '#').replace(/(?<=^| )[-+±–](?= |$)/g, '±'),
} as const;

export const wordCount = (words: string): number => {
  if (words === '') return 0;
  let count = 1;
  for (let at = words.indexOf(' '); at >= 0; at = words.indexOf(' ', at + 1)) count++;
  return count;
};
