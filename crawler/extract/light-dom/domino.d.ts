declare module '@mixmark-io/domino/lib/HTMLParser.js' {
  interface HtmlParser {
    /** Parses more of a document; `end` says that nothing follows. */
    parse(html: string, end: boolean): unknown;
    document(): Document;
  }

  const createParser: new (address: string, context: undefined, options: { scripting_enabled: boolean }) => HtmlParser;
  export default createParser;
}
