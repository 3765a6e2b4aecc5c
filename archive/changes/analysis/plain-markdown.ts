const PICTURE = /!\[(?:[^[\]\\]|\\.|\[[^\]]*\])*\]\((?:[^()\s\\]|\\.|\([^()]*\))*(?:\s+"(?:[^"\\]|\\.)*")?\)/g;
const LINK =
  /\[((?:[^[\]\\]|\\.|\[(?:[^[\]\\]|\\.)*\])*)\]\((?:<[^<>]*>|(?:[^()\s\\]|\\.|\((?:[^()\\]|\\.)*\))*)(?:\s+"(?:[^"\\]|\\.)*")?\)/g;
const AUTOLINK = /<(https?:[^<>\s]+)>/g;
const TAG = /<\/?[a-z][^<>]*>/gi;
const ESCAPE = /\\([\\`*_{}[\]()#+\-.!~|>])/g;
/** Signs of a heading, a list item or a quotation at the beginning of a line. */
const LINE_START = /^[ \t]*(?:>[ \t]*)*(?:#{1,6}[ \t]+|[*+-][ \t]+)?(?:\[[ xX]\][ \t]+)?/gm;
const LINE_OF_SIGNS = /^[ \t]*(?:[-=*_|: \t]{2,}|[-=])[ \t]*$/gm;

/**
 * A block of Markdown without what is not said: pictures, link targets, tags, escapes, signs at the beginning of lines.
 * Numbers of list items stay, since numbering is judged apart.
 */
export function plainMarkdown(markdown: string): string {
  let text = markdown;
  if (text.includes('](')) {
    // A link may hold a picture, and a heading a link: from the inside out.
    text = text.replace(PICTURE, ' ').replace(LINK, '$1');
    if (text.includes('](')) text = text.replace(LINK, '$1');
  }
  if (text.includes('<')) text = text.replace(AUTOLINK, '$1').replace(TAG, ' ');
  return text.replace(LINE_OF_SIGNS, '').replace(LINE_START, '').replace(/\|/g, ' ').replace(ESCAPE, '$1');
}
