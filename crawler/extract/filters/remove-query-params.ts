import { baseUrl, parseUrl } from '../base-url.ts';
import { elementsByName } from '../elements-by-name.ts';
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
  const { base: bases, a: links, img: images } = elementsByName(document, ['base', 'a', 'img']);
  const base = baseUrl(bases, document.URL);
  for (const link of links) removeFrom(link, 'href', parameters, base);
  for (const image of images) removeFrom(image, 'src', parameters, base);
}

function removeFrom(element: Element, attribute: 'href' | 'src', parameters: readonly string[], base: string): void {
  const written = element.getAttribute(attribute);
  const url = written === null || !isHtml(element) ? undefined : parseUrl(written, base);
  if (url === undefined || !parameters.some((name) => url.searchParams.has(name))) return;
  for (const name of parameters) url.searchParams.delete(name);
  element.setAttribute(attribute, url.href);
}
