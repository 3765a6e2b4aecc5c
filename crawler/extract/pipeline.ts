import type { Selectors } from '../../archive/declarations/service.ts';
import { makeLinksAbsolute } from './absolute-links.ts';
import { baseUrl } from './base-url.ts';
import { elementsByName } from './elements-by-name.ts';
import { neutraliseEmailProtection } from './email-protection.ts';
import { ExtractError } from './extract-error.ts';
import { type Find, findNatively } from './find.ts';
import { markdownOf } from './markdown.ts';
import { removeFrom, selectFrom } from './selection.ts';

/** Where a document comes from, and what its declaration takes from it. */
export interface Source {
  readonly location: string;
  readonly select: Selectors | undefined;
  readonly remove: Selectors | undefined;
}

/**
 * Turns a document, already filtered, into the Markdown of a version. The order of the steps is that of OTA's engine 14.
 * Changes the document. Needs nothing but a DOM: jsdom's, the light one (with its own `find`), or a browser's.
 *
 * @throws ExtractError `no-match` (names selector and location) or `empty`
 */
export function toMarkdown(document: Document, source: Source, find: Find = findNatively): string {
  const { location, select, remove } = source;
  const {
    a: links,
    base: bases,
    script: scripts,
    style: styles,
  } = elementsByName(document, ['a', 'base', 'script', 'style']);
  const base = baseUrl(bases, location);
  makeLinksAbsolute(links, base, location);
  for (const element of [...scripts, ...styles]) element.remove();
  neutraliseEmailProtection(document, links, base);
  const target = { document, location, find };
  removeFrom(target, remove);
  const markdown = markdownOf(selectFrom(target, select));
  if (markdown === '') {
    throw new ExtractError(
      'empty',
      `select ${JSON.stringify(select)} matches, but what it matches in ${location} holds no text. ` +
        'Look at the snapshot and adapt the declaration, or have it fetched with `executeClientScripts`.',
    );
  }
  return markdown;
}
