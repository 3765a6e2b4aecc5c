import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import { safeHref } from '../markdown/safe-link.ts';

/** A link that leads away from this site, to an address that others wrote; only its words where it may lead nowhere. */
export function outsideLink(address: string, words: string = address): Html {
  const href = safeHref(address);
  return href === undefined
    ? html`<bdi>${words}</bdi>`
    : html`<a href="${href}" rel="nofollow noopener noreferrer"><bdi>${words}</bdi></a>`;
}
