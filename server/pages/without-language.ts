import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { knownServices } from '../api/answers/service.ts';
import { ApiError } from '../api/api-error.ts';
import { findTerms } from '../api/find.ts';

/** Paths of pages below the language, by what has to be here for them; `tests` hold them against all that are added. */
const PAGES = [
  /^\/(?:search|compare|services|lists|about|privacy)$/,
  /^\/lists\/(?<list>[^/]+)$/,
  /^\/(?<collection>[^/]+)$/,
  /^\/(?<collection>[^/]+)\/(?:clauses\/[^/]+|snapshots\/[^/]+(?:\/content)?)$/,
  /^\/(?<collection>[^/]+)\/services\/(?<service>[^/]+)$/,
  /^\/(?<collection>[^/]+)\/services\/(?<service>[^/]+)\/(?<termsType>[^/]+)(?:\/(?:at|checks|redlines(?:\/[^/]+\/[^/]+)?|versions\/[^/]+(?:\/analysis|\/paragraphs\/[^/]+)?))?$/,
];

/**
 * Whether a path would be that of a page, if the language stood before it: of a collection, service, terms or list that
 * is here. What is named further in (a version, a clause) is left for the page to look for.
 *
 * @param path below the base path, percent-encoded
 */
export function isPageWithoutLanguage(collections: ServedCollections, path: string): boolean {
  const named = PAGES.map((pattern) => pattern.exec(path)).find((found) => found !== null);
  if (!named) return false;
  const { list, collection, service, termsType } = Object.fromEntries(
    Object.entries(named.groups ?? {}).map(([name, part]) => [name, part && decodeURIComponent(part)]),
  );
  if (list !== undefined) return collections.lists().some(({ id }) => id === list);
  if (collection === undefined) return true;
  const served = collections.get(collection);
  if (!served) return false;
  try {
    if (service === undefined) return true;
    if (termsType === undefined) return knownServices(served).get(service) !== undefined;
    return findTerms(collections, { collection, service, termsType }) !== undefined;
  } catch (error) {
    // The page says better why it cannot be shown just now.
    if (error instanceof IndexUnavailableError) return true;
    if (error instanceof ApiError) return false;
    throw error;
  }
}
