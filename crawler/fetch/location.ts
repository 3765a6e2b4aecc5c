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
