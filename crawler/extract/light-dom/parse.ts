import Parser from '@mixmark-io/domino/lib/HTMLParser.js';

/**
 * Parses HTML into the light DOM: the standard's tree, without scripts, styles, layout or resources. As in jsdom,
 * `noscript` holds elements: nothing runs here.
 */
export function parseLight(html: string): Document {
  const parser = new Parser(undefined, undefined, { scripting_enabled: false });
  parser.parse(html, true);
  return parser.document();
}
