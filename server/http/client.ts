import { type IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import proxyAddr from 'proxy-addr';

/** Who asks, and how they see this server. */
export interface Client {
  /** IP address; undefined where there is no socket, as in tests of the app alone. */
  readonly address: string | undefined;
  readonly isSecure: boolean;
  /** Host and port as asked for; undefined where they are missing or cannot be a host. */
  readonly host: string | undefined;
  /** Whether `host` is vouched for by a trusted proxy. */
  readonly isHostTrusted: boolean;
  /** Forwarded headers came from an address that is not trusted; they were not looked at. */
  readonly isForwardedUntrusted: boolean;
}

export type ClientOf = (c: Context) => Client;

/**
 * Reads the client from the socket, and from `X-Forwarded-For`, `-Proto` and `-Host` as far as trusted proxies wrote
 * them: anybody can send these headers.
 *
 * @param trusted addresses, ranges (`10.0.0.0/8`) or `loopback`, `linklocal`, `uniquelocal`.
 * @throws TypeError where one of them is none of these.
 */
export function createClientOf(trusted: readonly string[]): ClientOf {
  const trusts = compileAddresses(trusted);
  const known = new WeakMap<Request, Client>();
  return (c) => {
    const found = known.get(c.req.raw);
    if (found) return found;
    const incoming = incomingOf(c);
    const client = incoming ? fromSocket(incoming, trusts) : fromRequest(c.req.raw);
    known.set(c.req.raw, client);
    return client;
  };
}

/** The request as Node has it; undefined where the app is asked without a socket. */
export const incomingOf = (c: Context): IncomingMessage | undefined =>
  outgoingOf(c) ? bindingsOf(c).incoming : undefined;

/** The answer as Node has it; undefined where the app is asked without a socket. */
export function outgoingOf(c: Context): ServerResponse | undefined {
  const { outgoing } = bindingsOf(c);
  return outgoing instanceof ServerResponse ? outgoing : undefined;
}

const bindingsOf = (c: Context): { incoming?: IncomingMessage; outgoing?: unknown } => c.env ?? {};

export type AddressTest = (address: string) => boolean;

/** @throws TypeError where an address is none. */
export function compileAddresses(addresses: readonly string[]): AddressTest {
  if (addresses.length === 0) return () => false;
  const test = proxyAddr.compile([...addresses]);
  return (address) => isIP(address) !== 0 && test(address, 0);
}

function fromSocket(incoming: IncomingMessage, trusts: AddressTest): Client {
  const { headers, socket } = incoming;
  const peer = socket.remoteAddress;
  const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
  const isTrusted = peer !== undefined && trusts(peer);
  if (!isTrusted) {
    const isForwardedUntrusted =
      headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined;
    return {
      address: peer && plainAddress(peer),
      isSecure: isEncrypted,
      host: asHost(headers.host),
      isHostTrusted: false,
      isForwardedUntrusted,
    };
  }
  // What stands further left than the first address that is not trusted was written by nobody that we know.
  const addresses = proxyAddr.all(incoming, trusts).filter((address) => isIP(address) !== 0);
  return {
    address: plainAddress(addresses.at(-1) ?? peer),
    isSecure: isEncrypted || lastOf(headers['x-forwarded-proto'])?.toLowerCase() === 'https',
    host: asHost(lastOf(headers['x-forwarded-host']) ?? headers.host),
    isHostTrusted: true,
    isForwardedUntrusted: false,
  };
}

function fromRequest(request: Request): Client {
  const { host, protocol } = new URL(request.url);
  return {
    address: undefined,
    isSecure: protocol === 'https:',
    host: asHost(host),
    isHostTrusted: false,
    isForwardedUntrusted: false,
  };
}

/** The last of a list: what the nearest proxy, the one that we trust, wrote. */
function lastOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(',') : header;
  return text?.split(',').at(-1)?.trim() || undefined;
}

function asHost(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 255) return undefined;
  return /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(text)
    ? text.toLowerCase()
    : undefined;
}

/** IPv4 as such, also where the socket speaks both kinds. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
