import MarkdownIt, { type Token } from 'markdown-it';
import { cutInline } from './cut-inline.ts';
import { escapeHtml } from './escape-html.ts';
import { safeHref } from './safe-link.ts';

/** Words of the website that stand inside archived text, in the reader's language. */
export interface ParagraphWords {
  readonly since: string;
  /** Names of both links. @param place among the blocks, from 0 */
  linkTo(place: number): string;
  sinceOf(place: number): string;
  /** Where it is told when the paragraph appeared. */
  sinceAddress(place: number): string;
}

export interface InsertedWords {
  readonly language: string;
  /** Before what a picture says of itself; pictures are never loaded. */
  readonly picture: string;
  /** Names a table to those who cannot see it. */
  readonly table: string;
  /** Of links beside each paragraph: to itself, and to when it appeared. Default: there are none. */
  readonly paragraph?: ParagraphWords | undefined;
}

// All of Markdown that stands inside a block, and nothing else: no HTML, no references, no guessed links.
const parser = new MarkdownIt('zero', { html: false, linkify: false, maxNesting: 20 }).enable([
  ...['escape', 'newline', 'backticks', 'strikethrough', 'emphasis', 'link', 'image', 'autolink', 'entity'],
]);
// Every target is read as one, so that a link that leads nowhere still shows its words; `safeHref` decides.
parser.validateLink = () => true;
parser.normalizeLink = (target) => target;
parser.normalizeLinkText = (target) => target;

/** Without one of these, text is only text. */
const MARKS = /[\\`*_~[\]<&]| {2}\n/;
/** How services write line breaks into cells and items, where Markdown has none. */
const LINE_BREAK = /<br[ \t]{0,4}\/?>/gi;

/** What tokens may become: these elements without attributes. */
const ELEMENTS: Readonly<Record<string, 'strong' | 'em' | 's'>> = { strong: 'strong', em: 'em', s: 's' };

/**
 * Text inside a block as HTML that can do nothing: made only of the few elements named here, everything else escaped.
 * Long text is read in parts, so that the work grows with its length alone.
 */
export function renderInline(markdown: string, words: InsertedWords): string {
  if (!MARKS.test(markdown)) return escapeHtml(markdown);
  return cutInline(markdown.replace(LINE_BREAK, '\\\n'))
    .map((part) => renderTokens(parser.parseInline(part, {})[0]?.children ?? [], words))
    .join('');
}

interface Opened {
  readonly name: string;
  readonly close: string;
  /** Place of its beginning in the output. */
  readonly at: number;
}

function renderTokens(tokens: readonly Token[], words: InsertedWords): string {
  const out: string[] = [];
  const open: Opened[] = [];
  const begin = (name: string, tag: string, close: string): void => {
    open.push({ name, close, at: out.length });
    out.push(tag);
  };
  const end = (name: string): void => {
    // The parser nests; what it should not would only be left open until the end.
    if (open.at(-1)?.name !== name) return;
    const opened = open.pop();
    if (!opened) return;
    // A link without words is one that nobody can see or hear.
    if (name === 'link' && out.slice(opened.at + 1).every((piece) => piece.trim() === '')) out.length = opened.at;
    else out.push(opened.close);
  };
  for (const token of tokens) {
    const [name = '', edge] = token.type.split('_');
    const element = ELEMENTS[name];
    if (element && edge === 'open') begin(name, `<${element}>`, `</${element}>`);
    else if (element && edge === 'close') end(name);
    else if (token.type === 'link_open') {
      const href = safeHref(String(token.attrGet('href') ?? ''));
      if (href === undefined) begin('link', '<span>', '</span>');
      else begin('link', `<a href="${escapeHtml(href)}" rel="nofollow noopener noreferrer">`, '</a>');
    } else if (token.type === 'link_close') end('link');
    else if (token.type === 'image') out.push(picture(token, words));
    else if (token.type === 'code_inline') out.push(`<code>${escapeHtml(token.content)}</code>`);
    else if (token.type === 'hardbreak') out.push('<br>');
    else if (token.type === 'softbreak') out.push('\n');
    else out.push(escapeHtml(token.content));
  }
  for (const { close } of open.toReversed()) out.push(close);
  return out.join('');
}

/** What a picture says of itself; it is not loaded, since it could tell its owner who reads. One that says nothing is left. */
function picture(token: Token, { picture: word, language }: InsertedWords): string {
  const says = (token.children ?? [])
    .map(({ content }) => content)
    .join('')
    .trim();
  if (says === '') return '';
  return `<span class="picture"><span lang="${escapeHtml(language)}">${escapeHtml(word)}</span> ${escapeHtml(says)}</span>`;
}
