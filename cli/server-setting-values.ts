import proxyAddr from 'proxy-addr';
import { count, list, type Reader, text, Unsuitable } from './setting-values.ts';

export const port: Reader<number> = (given) => {
  const number = count(0)(given);
  if (number > 65_535) throw new Unsuitable('expected a port: a number up to 65535; 0 takes any that is free');
  return number;
};

/** `/terms`, `terms/`, `/`: what stands before all paths, `''` for nothing. */
export const basePath: Reader<string> = (given) => {
  // OTA accepts an empty one; so may an option be.
  const trimmed = given === '' ? '' : text(given).replace(/^\/+|\/+$/g, '');
  const segments = trimmed.split('/').filter(Boolean);
  if (!segments.every((segment) => /^[\w.~-]+$/.test(segment) && !/^\.+$/.test(segment))) {
    throw new Unsuitable('expected a path of letters, digits and hyphens such as /terms');
  }
  return segments.map((segment) => `/${segment}`).join('');
};

/** An address that links can begin with, without a slash at its end. */
export const publicUrl: Reader<string> = (given) => {
  const value = text(given);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password;
  if (!url || !isPlain)
    throw new Unsuitable('expected an address such as https://watch.example or https://example.org/terms');
  return url.href.replace(/\/+$/, '');
};

/** Addresses, ranges and the names of ranges; `none` for none. */
export const addressRanges: Reader<readonly string[]> = (given) => {
  const items = list(given);
  if (items.length === 1 && items[0] === 'none') return [];
  for (const item of items) {
    try {
      proxyAddr.compile(item);
    } catch {
      throw new Unsuitable(
        `expected addresses or ranges such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas; found “${item}”`,
      );
    }
  }
  return items;
};

/** Where people read a version: the place of the id must be marked. */
export const versionUrlTemplate: Reader<string> = (given) => {
  const template = text(given);
  if (!template.includes('%VERSION_ID')) throw new Unsuitable('expected an address that contains %VERSION_ID');
  return template;
};
