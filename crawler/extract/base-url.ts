import { isHtml } from './html-element.ts';

/**
 * The URL against which relative links of the document are resolved: its first `<base href>`, or its location.
 * Computed here because the light DOM knows neither its location nor `<base>`.
 *
 * @see https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url
 */
export function baseUrl(document: Document, location: string): string {
  for (const base of Array.from(document.getElementsByTagName('base'))) {
    const href = isHtml(base) ? base.getAttribute('href') : null;
    if (href !== null) {
      const url = parseUrl(href, location);
      // The standard ignores these schemes, so that a document cannot turn all its links into code or data.
      return url === undefined || url.protocol === 'data:' || url.protocol === 'javascript:' ? location : url.href;
    }
  }
  return location;
}

/** The parsed URL, or undefined for an invalid one. */
export function parseUrl(href: string, base?: string): URL | undefined {
  return URL.parse(href, base) ?? undefined;
}
