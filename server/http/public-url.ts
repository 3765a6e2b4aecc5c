import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Context } from 'hono';
import type { ClientOf } from './client.ts';

export interface PublicUrlOptions {
  /** The address under which readers reach the server, base path included; links are made from it alone. */
  readonly configured: string | undefined;
  /** `''` or `/path`. */
  readonly basePath: string;
  /** Address by which this machine reaches the server, for links where the one asked for is nobody's we know. */
  readonly fallbackOrigin: () => string;
  readonly clientOf: ClientOf;
}

/**
 * How links to this server begin, without a slash at the end. The `Host` header is whatever the client writes, and a
 * cache in between would hand a forged one to others: without a configured address only what cannot mislead is taken
 * from it (`localhost`, an IP address, this machine's name), or what a trusted proxy vouches for.
 */
export function createPublicUrl({ configured, basePath, fallbackOrigin, clientOf }: PublicUrlOptions) {
  const fixed = configured?.replace(/\/+$/, '');
  return (c: Context): string => {
    if (fixed !== undefined) return fixed;
    const { host, isHostTrusted, isSecure } = clientOf(c);
    if (host === undefined || !(isHostTrusted || isOwn(host))) return `${fallbackOrigin()}${basePath}`;
    return `${isSecure ? 'https' : 'http'}://${host}${basePath}`;
  };
}

function isOwn(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  if (name.startsWith('[') || isIP(name) !== 0) return true;
  const own = hostname().toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === own || name === `${own}.local`;
}
