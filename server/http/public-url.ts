import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import { type ClientOf, incomingOf } from './client.ts';

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
 * from it (`localhost`, a private IP address or the one that was connected to, this machine's name), or what a trusted
 * proxy vouches for.
 */
export function createPublicUrl({ configured, basePath, fallbackOrigin, clientOf }: PublicUrlOptions) {
  const fixed = configured?.replace(/\/+$/, '');
  return (c: Context): string => {
    if (fixed !== undefined) return fixed;
    const { host, isHostTrusted, isSecure } = clientOf(c);
    if (host === undefined || !(isHostTrusted || isOwn(host, incomingOf(c)?.socket.localAddress)))
      return `${fallbackOrigin()}${basePath}`;
    return `${isSecure ? 'https' : 'http'}://${host}${basePath}`;
  };
}

/** @param local address of this machine that was connected to; behind address translation it is a private one. */
function isOwn(host: string, local: string | undefined): boolean {
  const name = host.replace(/:\d+$/, '');
  const address = name.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0) return isOwnAddress(address, local);
  const own = hostname().toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === own || name === `${own}.local`;
}

/** Kinds of addresses that lead nowhere but into the network of whoever follows the link. */
const PRIVATE: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal']);

function isOwnAddress(text: string, local: string | undefined): boolean {
  const address = ipaddr.process(text);
  if (PRIVATE.has(address.range())) return true;
  return local !== undefined && ipaddr.isValid(local) && ipaddr.process(local).toString() === address.toString();
}
