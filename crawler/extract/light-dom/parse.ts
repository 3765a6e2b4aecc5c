import Parser from '@mixmark-io/domino/lib/HTMLParser.js';

const ATTRIBUTES = String.raw`(?:[\s/](?:[^>"']|"[^"]*"|'[^']*')*)?`;
const selfClosed = (names: string): string => String.raw`<(?:${names})${ATTRIBUTES}\/>`;

/**
 * Elements whose content is text. HTML ignores that such a tag closes itself; domino then looks for the end tag of the
 * element before, so that it ends in the wrong place. One document in twelve has such an `iframe`, mostly in `noscript`.
 */
const SELF_CLOSED_FRAME = new RegExp(selfClosed('iframe|noembed|noframes|textarea|xmp'), 'gi');
/** The same for elements that close themselves rightly in SVG. */
const SELF_CLOSED_OTHER = new RegExp(selfClosed('script|style|title'), 'i');

/** False for HTML of which domino is known to make another tree than the standard. */
export const canParseLight = (html: string): boolean => !SELF_CLOSED_OTHER.test(html);

/**
 * Parses HTML into the light DOM: the standard's tree, without scripts, styles, layout or resources. As in jsdom,
 * `noscript` holds elements: nothing runs here.
 *
 * @param location the document's URL
 */
export function parseLight(html: string, location: string): Document {
  const parser = new Parser(location, undefined, { scripting_enabled: false });
  parser.parse(
    html.replace(SELF_CLOSED_FRAME, (tag) => `${tag.slice(0, -2)} >`),
    true,
  );
  return parser.document();
}
