import { baseUrl, parseUrl } from '../base-url.ts';
import { isHtml } from '../html-element.ts';

/**
 * The built-in filter: takes parameters out of the query of `a[href]` and `img[src]`, for links that are different at
 * every load. Links without one of them stay as they are, invalid ones too.
 *
 * @param names one name or several; anything else (a filter used without parameters is given its context) removes nothing
 */
export function removeQueryParams(document: Document, names: unknown): void {
  const parameters = (Array.isArray(names) ? names : [names]).filter((name) => typeof name === 'string');
  if (parameters.length === 0) return;
  const base = baseUrl(document, document.URL);
  for (const [tag, attribute] of [
    ['a', 'href'],
    ['img', 'src'],
  ] as const) {
    for (const element of Array.from(document.getElementsByTagName(tag))) {
      const written = element.getAttribute(attribute);
      const url = written === null || !isHtml(element) ? undefined : parseUrl(written, base);
      if (url === undefined || !parameters.some((name) => url.searchParams.has(name))) continue;
      for (const name of parameters) url.searchParams.delete(name);
      element.setAttribute(attribute, url.href);
    }
  }
}
