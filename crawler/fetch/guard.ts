import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { type AllowedAddress, canonicalAddress, isPublicAddress, parseAllowedAddress } from './addresses.ts';
import { FetchError } from './fetch-error.ts';
import { untilAborted } from './until-aborted.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Host name → its addresses. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

/** The one place where connections to the outside begin. */
export interface Guard {
  /**
   * Resolves `host`, checks every address, and connects to one that was checked: asking the name again could give
   * another answer.
   *
   * @throws FetchError `forbidden-address`, `network` or `timeout`; the reason of an abort.
   */
  dial(host: string, port: number, signal?: AbortSignal): Promise<Socket>;
}

const CONNECT_TIMEOUT = 10_000;
const resolveBySystem: Resolve = (host) => lookup(host, { all: true });

/** @param allowAddresses addresses that may be dialled although they are not public, as `parseAllowedAddress` reads them. */
export function createGuard(allowAddresses: readonly string[], resolve: Resolve = resolveBySystem): Guard {
  const allowed = allowAddresses.map(parseAllowedAddress);

  async function dial(host: string, port: number, signal?: AbortSignal): Promise<Socket> {
    const name = host.replace(/^\[|\]$/g, '');
    const literal = isIP(name) ? name : numericHost(name);
    const addresses = literal
      ? [{ address: literal, family: isIP(literal) }]
      : await untilAborted(resolveName(name, resolve), signal);
    for (const { address } of addresses) refuseInternal(name, address, port, allowed);
    return connectTo(name, port, addresses, signal);
  }

  return { dial };
}

/** `0x7f.1`, `2130706433` and `127.1` are addresses to the URL standard and to C libraries: read as such, never resolved. */
function numericHost(name: string): string | undefined {
  try {
    const { hostname } = new URL(`http://${name}/`);
    return isIP(hostname) ? hostname : undefined;
  } catch {
    throw new FetchError('network', `"${name}" is not a host name; correct the location`);
  }
}

async function resolveName(name: string, resolve: Resolve): Promise<readonly ResolvedAddress[]> {
  let addresses: readonly ResolvedAddress[];
  try {
    addresses = await resolve(name);
  } catch (cause) {
    throw new FetchError('network', `The host ${name} could not be resolved; check its name and the network`, {
      cause,
    });
  }
  if (addresses.length === 0) throw new FetchError('network', `The host ${name} has no address`);
  return addresses;
}

function refuseInternal(name: string, address: string, port: number, allowed: readonly AllowedAddress[]): void {
  if (isPublicAddress(address)) return;
  const canonical = isIP(address) ? canonicalAddress(address) : address;
  if (allowed.some((entry) => entry.address === canonical && (entry.port === undefined || entry.port === port))) return;
  const at = name === address ? name : `${name} (${address})`;
  throw new FetchError(
    'forbidden-address',
    `${at} port ${port} is not a public address; allow it explicitly if it is one of yours`,
  );
}

function connectTo(
  name: string,
  port: number,
  addresses: readonly ResolvedAddress[],
  signal: AbortSignal | undefined,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const checked = addresses.map(({ address }) => ({ address, family: isIP(address) }));
    // A name that is no address, so that the checked answers are always taken from `lookup`.
    const socket = connect({
      host: 'checked.invalid',
      port,
      autoSelectFamily: true,
      lookup: (_host, options, callback) => {
        const [first] = checked;
        if (options.all) callback(null, checked);
        else callback(null, first?.address ?? '', first?.family);
      },
    });
    const timer = setTimeout(
      () =>
        fail(
          new FetchError('timeout', `${name} port ${port} did not accept a connection in ${CONNECT_TIMEOUT / 1000} s`),
        ),
      CONNECT_TIMEOUT,
    );
    const onAbort = (): void => fail(signal?.reason);
    const onError = (cause: NodeJS.ErrnoException): void =>
      fail(
        new FetchError(
          cause.code === 'ETIMEDOUT' ? 'timeout' : 'network',
          `${name} port ${port} could not be reached`,
          {
            cause,
          },
        ),
      );
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError);
    socket.once('connect', () => {
      settle();
      // Whoever takes the socket listens in the same turn; an error before that must not end the process.
      socket.on('error', () => {});
      resolve(socket);
    });

    function settle(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
    }
    function fail(error: unknown): void {
      settle();
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    }
  });
}
