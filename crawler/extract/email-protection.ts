import { parseUrl } from './base-url.ts';

/**
 * Cloudflare replaces e-mail addresses by links whose fragment changes at every load: each becomes a link without the
 * fragment, so that it is the same in every snapshot. Runs after links were made absolute.
 *
 * @param links all `a` elements of the document
 * @param base the document's base URL
 */
export function neutraliseEmailProtection(document: Document, links: readonly Element[], base: string): void {
  for (const link of links) {
    const href = link.getAttribute('href');
    if (!href?.includes('/email-protection')) continue;
    const [withoutFragment = ''] = (parseUrl(href, base)?.href ?? href).split('#');
    const replacement = document.createElement('a');
    replacement.setAttribute('href', withoutFragment);
    replacement.textContent = '[email\u00a0protected]';
    link.parentNode?.replaceChild(replacement, link);
  }
}
