const DOMAIN = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/uy;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * Text with its mail addresses replaced. Looks from each at sign to both sides, so that a text takes time in proportion to
 * its length; an expression that begins with the name takes its square for one long word.
 */
export function replaceMailAddresses(text: string, replacement: (address: string) => string): string {
  let at = text.indexOf('@');
  if (at < 0) return text;
  let replaced = '';
  let taken = 0;
  for (; at >= 0; at = text.indexOf('@', at + 1)) {
    const start = startOfName(text, at, taken);
    DOMAIN.lastIndex = at + 1;
    const domain = start < at ? DOMAIN.exec(text)?.[0] : undefined;
    if (domain === undefined) continue;
    const end = at + 1 + domain.length;
    replaced += text.slice(taken, start) + replacement(text.slice(start, end));
    taken = end;
  }
  return replaced + text.slice(taken);
}

function startOfName(text: string, end: number, least: number): number {
  let start = end;
  while (start > least) {
    const isPair = start - 2 >= least && isLow(text.charCodeAt(start - 1)) && isHigh(text.charCodeAt(start - 2));
    const character = text.slice(start - (isPair ? 2 : 1), start);
    if (!'._%+-'.includes(character) && !LETTER.test(character)) break;
    start -= character.length;
  }
  return start;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;
