import { parseUrl } from './base-url.ts';
import { isHtml } from './html-element.ts';

/**
 * Makes the links of the whole document absolute. Empty ones, fragments (`#…`) and invalid ones stay as they are.
 *
 * @param links all `a` elements of the document
 * @param base the document's base URL
 */
export function makeLinksAbsolute(links: readonly Element[], base: string, location: string): void {
  for (const link of links) {
    const href = link.getAttribute('href');
    if (href === null || href === '' || href.startsWith('#') || !isHtml(link)) continue;
    // OTA resolves what the DOM could not resolve once more, against the location: it counts where <base> holds no path.
    const url = parseUrl(href, base) ?? parseUrl(href, location);
    if (url !== undefined) link.setAttribute('href', url.href);
  }
}
