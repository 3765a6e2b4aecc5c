import { withoutLinks } from './without-links.ts';

/** The end of a link that began in another block: tools break what a link stands around into lines. */
const ORPHAN_TARGET = /(?<!\\)\]\((?=[^\s()]*[/#:])[^\s()]*(?:\s{1,3}"[^"\n]{0,500}")?\)/g;
const AUTOLINK = /<(https?:[^<>\s]+)>/g;
const TAG = /<\/?[a-z][^<>]*>/gi;
const ESCAPE = /\\([\\`*_{}[\]()#+\-.!~|>])/g;
/** Signs of a heading, a list item or a quotation at the beginning of a line. */
const LINE_START = /^[ \t]*(?:>[ \t]*)*(?:#{1,6}[ \t]+|[*+-][ \t]+)?(?:\[[ xX]\][ \t]+)?/gm;
/** Of signs and blanks alone. One run of one class: with blanks around it, a line of blanks took cubic time. */
const LINE_OF_SIGNS = /^(?:[-=*_|: \t]{2,}|[-=])$/gm;

/**
 * A block of Markdown without what is not said: pictures, link targets, tags, escapes, signs at the beginning of lines.
 * Numbers of list items stay, since numbering is judged apart. Takes time in proportion to the text, whatever it holds.
 */
export function plainMarkdown(markdown: string): string {
  let text = markdown.includes('](') ? withoutLinks(markdown) : markdown;
  if (text.includes('](')) text = text.replace(ORPHAN_TARGET, ' ');
  if (text.includes('<')) text = text.replace(AUTOLINK, '$1').replace(TAG, ' ');
  text = text.replace(LINE_OF_SIGNS, '').replace(LINE_START, '');
  if (text.includes('|')) text = text.replace(/\|/g, ' ');
  return text.includes('\\') ? text.replace(ESCAPE, '$1') : text;
}
