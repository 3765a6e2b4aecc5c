import { classOf, endOfWord, WORD } from './character-class.ts';
import { LinkTargets } from './link-target.ts';
import { isWhite } from './markdown-line.ts';

/**
 * What is compared as a whole inside a block: a word with its inner apostrophes and separators of numbers, a character of
 * scripts without spaces, white space, the target of a link, else one character. Joined, the tokens are the text.
 */
export function tokensOf(text: string): string[] {
  const targets = new LinkTargets(text);
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const start = at;
    if (classOf(code) === WORD) at = endOfWord(text, at);
    else if (isWhite(code)) {
      do at++;
      while (at < text.length && isWhite(text.charCodeAt(at)));
    } else at = Math.max(targets.end(at), at + 1);
    tokens.push(text.slice(start, at));
  }
  return tokens;
}
