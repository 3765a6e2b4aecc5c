const SPACE = 32;
const PARENTHESIS = 40;
const CLOSING_PARENTHESIS = 41;
const BACKSLASH = 92;
const CLOSING_BRACKET = 93;

/** A link target nests no deeper, as in CommonMark's own program; it also keeps hostile text from costing more than its length. */
const DEEPEST_TARGET = 32;

/**
 * A longer target with white space in it is none: the parenthesis that would close it belongs to something else. Images
 * that are written into their address (`data:`) are longer, and without white space.
 */
const LONGEST_TARGET = 4000;

/**
 * Behind the parenthesis that closes the link target that `](` at this place opens; -1 where none begins or ends.
 * Parentheses inside it have to be balanced or escaped.
 */
export function endOfTarget(text: string, at: number): number {
  if (text.charCodeAt(at) !== CLOSING_BRACKET || text.charCodeAt(at + 1) !== PARENTHESIS) return -1;
  const start = at + 2;
  let depth = 1;
  let hasWhite = false;
  for (let place = start; place < text.length; place++) {
    const code = text.charCodeAt(place);
    hasWhite ||= code <= SPACE;
    if (hasWhite && place - start > LONGEST_TARGET) return -1;
    if (code === BACKSLASH) place++;
    else if (code === PARENTHESIS) {
      depth++;
      if (depth > DEEPEST_TARGET) return -1;
    } else if (code === CLOSING_PARENTHESIS) {
      depth--;
      if (depth === 0) return place + 1;
    }
  }
  return -1;
}

/** The text with its link targets cut out: what is left of a block of images and empty links tells what kind it is. */
export function withoutTargets(text: string): string {
  let left = '';
  let from = 0;
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', from > at ? from : at + 1)) {
    const end = endOfTarget(text, at);
    if (end < 0) continue;
    left += text.slice(from, at + 1);
    from = end;
  }
  return left + text.slice(from);
}
