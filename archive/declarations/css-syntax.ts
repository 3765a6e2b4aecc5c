import { createRequire } from 'node:module';

const NAME = String.raw`[\p{L}_][\w\p{L}-]*`;
const SIMPLE = [
  `[.#]-?-?${NAME}`,
  String.raw`\[${NAME}(?:[~|^$*]?=(?:"[^"\\\n]*"|'[^'\\\n]*'|${NAME}))?\]`,
  ':(?:first|last|only)-(?:child|of-type)',
  String.raw`:nth-(?:last-)?(?:child|of-type)\(\d+\)`,
].join('|');
const COMPOUND = `(?:(?:${NAME}|\\*)(?:${SIMPLE})*|(?:${SIMPLE})+)`;
const COMPLEX = String.raw`${COMPOUND}(?:(?:\s*[>+~]\s*|\s+)${COMPOUND})*`;
/** The shapes that nearly all declarations use: certainly valid, so that no parser need be loaded for them. */
const PLAIN = new RegExp(String.raw`^\s*${COMPLEX}(?:\s*,\s*${COMPLEX})*\s*$`, 'u');

let parserDocument: Document | undefined;
const verdicts = new Map<string, boolean>();

/**
 * Whether a text is a valid CSS selector. jsdom is the judge, as it is in OTA; it is loaded (0.6 s) only for selectors
 * that are not of a plain shape.
 */
export function isCssSelector(selector: string): boolean {
  if (PLAIN.test(selector)) return true;
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
