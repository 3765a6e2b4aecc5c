import { blockId } from './block-id.ts';
import { escapeHtml } from './escape-html.ts';
import type { InsertedWords } from './inline.ts';

/** Quiet links at the end of a paragraph: its address, and since when it has stood. Of the page, not of the terms. */
export function paragraphTools(place: number, { paragraph, language }: InsertedWords): string {
  if (!paragraph) return '';
  const { since, linkTo, sinceOf, sinceAddress } = paragraph;
  const [link, sinceName, address, shown] = [linkTo(place), sinceOf(place), sinceAddress(place), since].map(escapeHtml);
  return `<span class="paragraph-tools" lang="${language}" dir="auto"> <a href="#${blockId(place)}" aria-label="${link}">¶</a> <a class="since" rel="nofollow" href="${address}" aria-label="${sinceName}">${shown}</a></span>`;
}
