/**
 * Ids that a collection cannot have, with what their addresses are for. A collection's addresses begin with its id
 * (`/contrib/api/v1/…`), so an id must not be the first part of any other address of the server.
 */
export const RESERVED_COLLECTION_IDS: ReadonlyMap<string, string> = new Map([
  ...of('the API', 'api', 'v1', 'v2', 'collection-api', 'federation', 'openapi'),
  ...of('the feeds', 'feed', 'feeds'),
  ...of('what watches over the server', 'health', 'metrics', 'status', 'ready'),
  ...of('pages of the website', 'about', 'add', 'changes', 'compare', 'docs', 'help', 'lists', 'privacy', 'search'),
  ...of('pages of the website', 'services', 'settings', 'terms', 'collections', 'alerts', 'propose', 'contact'),
  // Later versions of the program must not make a server's ids impossible: more than there is today.
  ...of('pages of the website', 'account', 'admin', 'clauses', 'dataset', 'domains', 'embed', 'extension', 'language'),
  ...of('pages of the website', 'list', 'login', 'mirrors', 'proposals', 'record', 'records', 'service', 'topics'),
  ...of('pages of the website', 'version', 'versions', 'widget'),
  ...of('the feeds', 'atom', 'rss'),
  ...of('files of the website', 'fonts', 'icons', 'images', 'manifest', 'scripts', 'styles'),
  ...of('files of the website', 'assets', 'static', 'public', 'favicon', 'robots', 'sitemap'),
  ...of('pages by language', 'ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'ga', 'he', 'hi', 'hr'),
  ...of('pages by language', 'hu', 'it', 'ja', 'ko', 'lt', 'lv', 'mt', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl'),
  ...of('pages by language', 'sv', 'tr', 'uk', 'zh'),
]);

function of(purpose: string, ...ids: string[]): (readonly [string, string])[] {
  return ids.map((id) => [id, purpose] as const);
}

/** As the ids of Open Terms Archive's collections; also the name of a folder, and safe in any address. */
const PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** The same form for other names that are parts of addresses, such as those of lists. */
export const isAddressPart = (text: string): boolean => PATTERN.test(text);

/** What `isAddressPart` asks for, for messages. */
export const ADDRESS_PART =
  'expected up to 64 small letters, digits and hyphens, beginning and ending with a letter or digit';

/** Why a text cannot be the id of a collection on a server; undefined: it can. */
export function whyNotCollectionId(id: string): string | undefined {
  if (!isAddressPart(id)) return ADDRESS_PART;
  const purpose = RESERVED_COLLECTION_IDS.get(id);
  return purpose === undefined
    ? undefined
    : `addresses that begin with /${id} are those of ${purpose}; choose another id`;
}

/** The nearest text that can be an id, such as from a collection's own id or the last part of an address. */
export function toCollectionId(text: string): string | undefined {
  const id = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 58)
    .replace(/^-+|-+$/g, '');
  if (id === '') return undefined;
  return whyNotCollectionId(id) === undefined ? id : `${id}-terms`;
}
