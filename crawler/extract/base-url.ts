import { isHtml } from './html-element.ts';

/**
 * The URL against which relative links of the document are resolved: its first `<base href>`, or its location.
 * Computed here because the light DOM does not know `<base>`.
 *
 * @param bases all `base` elements of the document
 * @see https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url
 */
export function baseUrl(bases: readonly Element[], location: string): string {
  const base = bases.find((element) => isHtml(element) && element.hasAttribute('href'));
  const url = base && parseUrl(base.getAttribute('href') ?? '', location);
  // The standard ignores these schemes, so that a document cannot turn all its links into code or data.
  return url === undefined || url.protocol === 'data:' || url.protocol === 'javascript:' ? location : url.href;
}

/** The parsed URL, or undefined for an invalid one. */
export function parseUrl(href: string, base?: string): URL | undefined {
  return URL.parse(href, base) ?? undefined;
}
