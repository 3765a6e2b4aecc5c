import { withoutEntities } from './entities.ts';
import { replaceMailAddresses } from './mail-addresses.ts';
import { plainMarkdown } from './plain-markdown.ts';

/** Stands for an address of the web; where links lead is judged apart from the words. */
export const LINK_MARK = '⟨link⟩';
/** Beginning of what stands for a mail address that is shown. */
export const SHOWN_MAIL = '⟨mail_';
/** Stands for a mail address that the service hides from crawlers. */
export const HIDDEN_MAIL_MARK = '⟨mail⟩';

/** Soft hyphens, zero-width and direction marks, variation selectors: seen by nobody. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** With what is left of the address where a tool hid only a part: "off[email protected]ay.example". */
const HIDDEN_MAIL =
  /[\p{L}\p{N}._%+-]{0,40}\[\s{0,9}email\s{1,9}protected\s{0,9}\](?:[a-z0-9-]{0,40}(?:\.[a-z][a-z0-9-]{1,40}){1,4})?/giu;
const WEB_ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>()[\]"'”’]+/gi;
const APOSTROPHES = /[’‘ʼ`´‛′]/g;
/** Dashes and hyphens of all lengths. */
const DASHES = /[−–—‐‑‒―﹣－]/g;
/** A copyright sign is the word, beside which it says nothing. */
const COPYRIGHT_SIGN = /(?:copyright\s{0,3})?(?:©|\(c\)(?=\s{0,3}\d{4}))(?:\s{0,3}copyright)?/gi;
/** Emphasis and code; bars of tables are blanks. */
const MARKS = /[*_~]+/g;

/**
 * What is a word: letters (with an apostrophe inside: "don't" is not "dont"), numbers with their inner separators (1.5 is
 * not 15), and the signs that change meaning: currency, per cent, plus, a minus before a number, ampersand; comparison and
 * paragraph beside what they compare or count: alone they are ornaments.
 */
const WORDS =
  /⟨\w+⟩|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*|\p{N}+(?:[.,:/٫٬⁄]\p{N}+)*|[\p{Sc}%٪‰+±&≤≥≠≈×÷№]|§(?=[§\s]{0,4}(?:\p{N}|[ivxlc]{1,6}\b))|[=<>](?:(?=[=\s]{0,2}[\p{N}\p{Sc}])|(?<=[\p{N}\p{Sc}%]\s?[=<>]))|(?<=^|[\s(\p{Sc}])-(?=\p{N}|\p{Sc}\p{N})/gu;

/** The same of a text of ASCII alone, in a third of the time. */
const PLAIN_WORDS =
  /[a-z]+(?:'[a-z]+)*|[0-9]+(?:[.,:/][0-9]+)*|[$%+&]|[=<>](?:(?=[=\s]{0,2}[0-9$])|(?<=[0-9$%]\s?[=<>]))|(?<=^|[\s($])-(?=[0-9]|\$[0-9])/g;
const NOT_ASCII = /[^\0-\u007f]/;

/**
 * The words of a block of Markdown: compatibility forms unified (NFKC), small letters, without markup, link targets,
 * pictures and typography. Two blocks with the same words say the same.
 */
export function wordsOf(markdown: string): string[] {
  let text = withoutEntities(plainMarkdown(markdown));
  if (NOT_ASCII.test(text)) text = text.replace(DASHES, '-').normalize('NFKC').replace(INVISIBLE, '');
  if (text.includes('[')) text = text.replace(HIDDEN_MAIL, ` ${HIDDEN_MAIL_MARK} `);
  text = text.replace(WEB_ADDRESS, ` ${LINK_MARK} `);
  if (text.includes('©') || /\(c\)/i.test(text)) text = text.replace(COPYRIGHT_SIGN, ' copyright ');
  // The dot that folding leaves behind from a Turkish İ.
  text = text.toLowerCase().replaceAll('i\u0307', 'i').replace(MARKS, '').replace(APOSTROPHES, "'");
  text = replaceMailAddresses(text, mailMark);
  return text.match(NOT_ASCII.test(text) ? WORDS : PLAIN_WORDS) ?? [];
}

const mailMark = (address: string): string => ` ${SHOWN_MAIL}${address.replace(/[^a-z0-9]+/g, '_')}⟩ `;
