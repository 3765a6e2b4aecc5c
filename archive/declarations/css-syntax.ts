import { createRequire } from 'node:module';

const ESCAPE = String.raw`\\[^\n\da-fA-F]`;
// `-->` is one token of its own in CSS.
const NAME = String.raw`(?:--(?!>)|-?(?:[a-zA-Z_\u0080-\u{10ffff}]|${ESCAPE}))(?:[\w\u0080-\u{10ffff}-]|${ESCAPE})*`;
const SIMPLE = [
  `[.#]${NAME}`,
  String.raw`\[${NAME}(?:[~|^$*]?=(?:"[^"\\\n]*"|'[^'\\\n]*'|${NAME}))?\]`,
  ':(?:first|last|only)-(?:child|of-type)',
  String.raw`:nth-(?:last-)?(?:child|of-type)\((?:odd|even|\d+|[+-]?\d*n(?:[+-]\d+)?)\)`,
].join('|');
const INNER = `(?:(?:${NAME}|\\*)(?:${SIMPLE})*|(?:${SIMPLE})+)`;
const NEGATED = String.raw`:not\(\s*${INNER}\s*\)`;
const COMPOUND = `(?:(?:${NAME}|\\*)(?:${SIMPLE}|${NEGATED})*|(?:${SIMPLE}|${NEGATED})+)`;
const COMPLEX = String.raw`${COMPOUND}(?:(?:\s*[>+~]\s*|\s+)${COMPOUND})*`;
/** The shapes that nearly all declarations use: certainly valid, so that no parser need be loaded for them. */
const PLAIN = new RegExp(String.raw`^\s*${COMPLEX}(?:\s*,\s*${COMPLEX})*\s*$`, 'u');

/** Longer texts would only slow the pattern down. Of the 832 different selectors of a real collection all are plain. */
const LONGEST_PLAIN = 500;

/** Between quotes anything is valid, such as the 14 KB of an image in `img[src="data:…"]`. */
const withShortTexts = (selector: string): string =>
  selector.includes('\\') ? selector : selector.replace(/"[^"\n]*"|'[^'\n]*'/g, '""');

let parserDocument: Document | undefined;
const verdicts = new Map<string, boolean>();

/**
 * Whether a text is a valid CSS selector. jsdom is the judge, as it is in OTA; it is loaded (0.6 s, 60 MB) only for
 * selectors that are not of a plain shape.
 */
export function isCssSelector(selector: string): boolean {
  const short = withShortTexts(selector);
  if (short.length <= LONGEST_PLAIN && PLAIN.test(short)) return true;
  let verdict = verdicts.get(selector);
  if (verdict === undefined) {
    verdict = parses(selector);
    verdicts.set(selector, verdict);
  }
  return verdict;
}

function parses(selector: string): boolean {
  if (parserDocument === undefined) {
    const { JSDOM } = createRequire(import.meta.url)('jsdom') as typeof import('jsdom');
    parserDocument = new JSDOM('').window.document;
  }
  try {
    parserDocument.querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
