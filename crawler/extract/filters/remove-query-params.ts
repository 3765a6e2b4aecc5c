import { baseUrl, parseUrl } from '../base-url.ts';

/**
 * The built-in filter: takes parameters out of the query of `a[href]` and `img[src]`, for links that are different at
 * every load. Links without one of them stay as they are, invalid ones too.
 *
 * @param names one name or several; anything else (a filter used without parameters is given its context) removes nothing
 * @param location only for DOMs that do not know their own
 */
export function removeQueryParams(document: Document, names: unknown, location = document.URL): void {
  const parameters = (Array.isArray(names) ? names : [names]).filter((name) => typeof name === 'string');
  if (parameters.length === 0) return;
  const base = baseUrl(document, location);
  for (const [tag, attribute] of [
    ['a', 'href'],
    ['img', 'src'],
  ] as const) {
    for (const element of Array.from(document.getElementsByTagName(tag))) {
      const url = parseUrl(element.getAttribute(attribute) ?? '', base);
      if (url === undefined || !element.hasAttribute(attribute)) continue;
      if (!parameters.some((name) => url.searchParams.has(name))) continue;
      for (const name of parameters) url.searchParams.delete(name);
      element.setAttribute(attribute, url.href);
    }
  }
}
