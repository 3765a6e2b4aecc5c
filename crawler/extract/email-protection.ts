import { baseUrl, parseUrl } from './base-url.ts';

/**
 * Cloudflare replaces e-mail addresses by links whose fragment changes at every load: each becomes a link without the
 * fragment, so that it is the same in every snapshot. Runs after links were made absolute.
 */
export function neutraliseEmailProtection(document: Document, location: string): void {
  const protectedLinks = Array.from(document.getElementsByTagName('a')).filter((link) =>
    link.getAttribute('href')?.includes('/email-protection'),
  );
  if (protectedLinks.length === 0) return;
  const base = baseUrl(document, location);
  for (const link of protectedLinks) {
    const href = link.getAttribute('href') ?? '';
    const [withoutFragment = ''] = (parseUrl(href, base)?.href ?? href).split('#');
    const replacement = document.createElement('a');
    replacement.setAttribute('href', withoutFragment);
    replacement.textContent = '[email\u00a0protected]';
    link.parentNode?.replaceChild(replacement, link);
  }
}
