import Parser from '@mixmark-io/domino/lib/HTMLParser.js';
import { selfClosed } from './known-differences.ts';

/** Elements whose content is text. */
const TEXT_ELEMENTS = ['iframe', 'noembed', 'noframes', 'textarea', 'xmp'];

/**
 * When the tag of such an element closes itself, which HTML ignores, domino looks for the end tag of the element before, so
 * that it ends in the wrong place. One document in twelve has such an `iframe`, mostly in `noscript`. The slash is hidden
 * from the parser behind an attribute (of a character for private use), and shown again where the tag turns out to be text.
 */
const SELF_CLOSED = new RegExp(selfClosed(TEXT_ELEMENTS.join('|')), 'gi');
const HIDING = '\ue9a7';
const HIDDEN_SLASH = ` ${HIDING}>`;

/**
 * Parses HTML into the light DOM: the standard's tree, without scripts, styles, layout or resources. As in jsdom,
 * `noscript` holds elements, since nothing runs here, and a byte order mark is text.
 *
 * @param location the document's URL
 */
export function parseLight(html: string, location: string): Document {
  const parser = new Parser(location, undefined, { scripting_enabled: false });
  const source = html.replace(SELF_CLOSED, (tag) => tag.slice(0, -2) + HIDDEN_SLASH);
  // The parser drops one byte order mark.
  parser.parse(source.startsWith('\ufeff') ? `\ufeff${source}` : source, true);
  const document = parser.document();
  if (source !== html) showSlashes(document);
  return document;
}

function showSlashes(document: Document): void {
  for (const name of [...TEXT_ELEMENTS, 'title', 'plaintext']) {
    for (const element of Array.from(document.getElementsByTagName(name))) {
      element.removeAttribute(HIDING);
      const text = element.firstChild;
      if (text?.nodeType === 3) text.nodeValue = text.nodeValue?.replaceAll(HIDDEN_SLASH, '/>') ?? null;
    }
  }
}
