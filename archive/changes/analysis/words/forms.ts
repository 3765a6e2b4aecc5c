import { DATE_MARK, datesIn, WHEN_MARK, withoutDates, withoutRelativeTimes } from '../../languages/dates.ts';
import { LANGUAGES } from '../../languages/language.ts';
import { HIDDEN_MAIL_MARK, SHOWN_MAIL } from './meaningful-words.ts';
import { remembering } from './text-memo.ts';

const SHOWN_MAILS = new RegExp(`${SHOWN_MAIL}\\w*⟩`, 'g');
const NUMBER = /(?<=^| )\p{N}[\p{N}.,:/]*(?= |$)/gu;
const COPYRIGHT = [...LANGUAGES.values()].flatMap(({ copyright }) => copyright);
/** Four digits that are an amount, not a year, by the sign or the code of a currency beside them, or by their size. */
const AMOUNT =
  /(?<=(?:^| )(?:[\p{Sc}+-]|eur|usd|gbp|chf|jpy|cny|inr|pln|cad|aud) )\d{4}(?= |$)|(?<=^| )\d{4}(?= (?:[\p{Sc}%‰]|euros?|eur|usd|dollars?|gbp|pounds?|chf|francs?|jpy|cny|inr|pln|zł|cad|aud)(?: |$))|(?<=^| )20[5-9]\d(?= |$)/gu;
const ZONE = '(?:[ap]m|z|uhr|utc|gmt|bst|w?ces?t|wes?t|ees?t|ist|msk|[ecmp][sd]t|jst|kst|hkt|sgt|aes?t|ae[sd]t)';
/** A time of day, with its zone: "13:20", "13.20 bst". A dot without a zone may be an amount. */
const TIME_OF_DAY = new RegExp(
  `(?<=^| )(?:(?:at|t) )?(?:\\d{1,2}:\\d\\d(?::\\d\\d)?(?: ${ZONE})?|\\d{1,2}\\.\\d\\d ${ZONE})(?= |$)`,
  'gu',
);
/** Longest block, in words, that tells a time by itself: in a sentence of law "30 days ago" is a term. */
const STAMP = 15;
/** Short words beside a hidden mail address: tools split addresses anywhere and leave letters of them. */
const SPLIT_MAIL = /(?:(?<=^| )\p{L}{1,3} ){0,3}⟨mail⟩(?: \p{L}{1,3}(?= |$)){0,3}/gu;
/** Longest copyright notice, in words. */
const NOTICE = 25;

/**
 * A block's words with one kind of difference taken out, so that two blocks of the same form differ in that kind at most.
 * Computed where asked for, and kept for a while: most blocks of most versions are the same as before and need none, and
 * those that come and go do so again.
 */
export const FORMS = {
  /** Blanks: words run together or torn apart. Numbers stay apart from each other: "1 5" is not "15". */
  spacing: remembering((words: string) => words.replace(/(?<!\p{N}) | (?!\p{N})/gu, '')),
  /** Mail addresses that are hidden now and shown then. The caller looks whether one of the two hides any. */
  mail: remembering((words: string) =>
    words.replace(SHOWN_MAILS, HIDDEN_MAIL_MARK).replace(SPLIT_MAIL, HIDDEN_MAIL_MARK),
  ),
  /** Times that move by themselves, and the years of a copyright notice. */
  clock: remembering((words: string) => {
    const count = wordCount(words);
    if (count > NOTICE) return words;
    const isNotice = COPYRIGHT.some((phrase) => ` ${words} `.includes(` ${phrase} `));
    const steady = isNotice ? withoutDates(words) : words;
    if (count > STAMP) return steady;
    return withoutRelativeTimes(datesIn(steady).length > 0 ? withoutTimeOfDay(steady) : steady);
  }),
  /** Dates and lone years. */
  dates: remembering((words: string) => {
    if (!/\d{4}/.test(words) && !/\d[./]\d/.test(words)) return words;
    const masked = withoutDates(words.replace(AMOUNT, '$&#'));
    return masked === words || wordCount(words) > STAMP ? masked : withoutTimeOfDay(masked);
  }),
  /** All numbers and signs before them: prices, votes, percentages. */
  counters: (words: string) => words.replace(NUMBER, '#').replace(/(?<=^| )[-+±–](?= |$)/g, '±'),
} as const;

/** Whether a short block tells a time that moves by itself. */
export const tellsRelativeTime = (words: string): boolean => FORMS.clock(words).includes(WHEN_MARK);

/** Words with a date, or a time that moves by itself in its place, as one mark. The caller looks that one of two tells such. */
export const whenForm = (words: string): string =>
  wordCount(words) > STAMP ? words : withoutDates(FORMS.clock(words)).replaceAll(DATE_MARK, WHEN_MARK);

const withoutTimeOfDay = (words: string): string => words.replace(TIME_OF_DAY, '').replace(/ {2,}/g, ' ').trim();

/** Letters of scripts without spaces between words; two make about a word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

/** How much a text says, in words, whether or not its script sets them apart. */
export const lengthInWords = (words: string): number =>
  wordCount(words) + Math.floor((words.match(UNSPACED)?.length ?? 0) / 2);

/** Blanks and one. */
export const wordCount = (words: string): number => {
  if (words === '') return 0;
  let count = 1;
  for (let at = words.indexOf(' '); at >= 0; at = words.indexOf(' ', at + 1)) count++;
  return count;
};
