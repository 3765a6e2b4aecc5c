import ipaddr from 'ipaddr.js';

/** An address that may be dialled although it is not public; `port` undefined means every port. */
export interface AllowedAddress {
  readonly address: string;
  readonly port: number | undefined;
}

/** Addresses that their ranges call public and that answer only inside a provider's network: Azure's host agent. */
const internalDespiteRange = new Set(['168.63.129.16']);
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** One spelling for each address; an IPv4 address inside IPv6 (`::ffff:127.0.0.1`) becomes the IPv4 address it reaches. */
export const canonicalAddress = (address: string): string => ipaddr.process(address).toString();

/**
 * Whether an address belongs to the public internet (IANA's special-purpose registries, as `ipaddr.js` holds them).
 * Loopback, private, link-local, carrier-grade NAT, metadata and tunnelling addresses do not. Behind NAT64 (RFC 6052)
 * the IPv4 address inside decides.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) {
    return parsed.range() === 'unicast' && !internalDespiteRange.has(parsed.toString());
  }
  if (parsed.zoneId) return false;
  if (parsed.range() === 'rfc6052') {
    return isPublicAddress(new ipaddr.IPv4(parsed.toByteArray().slice(12)).toString());
  }
  return parsed.range() === 'unicast' && parsed.match(globalUnicast);
}

/**
 * Reads `127.0.0.1`, `127.0.0.1:8080`, `::1` or `[::1]:80`.
 *
 * @throws RangeError naming the text that is not such an address.
 */
export function parseAllowedAddress(text: string): AllowedAddress {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  if (!ipaddr.isValid(address) || Number(port ?? 0) > 65_535 || !/[.:]/.test(address)) {
    throw new RangeError(`"${text}" is not an address to allow; write it as 127.0.0.1, 127.0.0.1:8080 or [::1]:80`);
  }
  return { address: canonicalAddress(address), port: port === undefined ? undefined : Number(port) };
}
