import { isUtf8 } from 'node:buffer';
import { FetchError } from './fetch-error.ts';

/**
 * The URL of a location.
 *
 * @throws FetchError `forbidden-address` for anything but http and https, `network` for what is no location.
 */
export function parseLocation(location: string): URL {
  const url = URL.parse(location);
  if (!url) throw new FetchError('network', `"${location}" is not a web location; correct the declaration`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchError('forbidden-address', `${location} is neither http nor https; only these are fetched`);
  }
  if (url.username || url.password) {
    throw new FetchError('forbidden-address', `${url.host}: locations with a user name or password are not fetched`);
  }
  return url;
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/**
 * Where a response's `Location` header sends us, if it does; its fragment does not travel.
 *
 * @throws FetchError as `parseLocation`
 */
export function redirectTarget(status: number, header: string | null, from: URL): URL | undefined {
  if (!header || !redirectStatuses.has(status)) return undefined;
  // Headers are read as Latin-1; servers that do not escape send UTF-8, and browsers read it as such.
  const bytes = Buffer.from(header, 'latin1');
  const target = isUtf8(bytes) ? bytes.toString('utf8') : header;
  const url = parseLocation(URL.parse(target, from)?.href ?? target);
  url.hash = '';
  return url;
}
