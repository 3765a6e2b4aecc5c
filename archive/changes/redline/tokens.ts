import { classOf, endOfWord, WORD } from '../blocks/character-class.ts';
import { endOfTarget } from '../blocks/link-target.ts';
import { isWhite } from '../blocks/markdown-line.ts';

/**
 * What is compared as a whole inside a block: a word with its inner apostrophes and separators of numbers, a character of
 * scripts without spaces, white space, the target of a link, else one character, or a run of it such as an underline. Joined, the tokens are the text.
 */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const start = at;
    if (classOf(code) === WORD) at = endOfWord(text, at);
    else if (isWhite(code)) {
      do at++;
      while (at < text.length && isWhite(text.charCodeAt(at)));
    } else {
      const end = endOfTarget(text, at);
      do at++;
      while (end < 0 && text.charCodeAt(at) === code);
      at = Math.max(end, at);
    }
    tokens.push(text.slice(start, at));
  }
  return tokens;
}
