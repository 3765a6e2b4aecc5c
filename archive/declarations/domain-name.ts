import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { parse } from 'tldts';

/** A domain as DNS has it, or why a text is none. */
export type ReadDomain =
  | { readonly domain: string }
  | {
      /** What is wrong. */
      readonly message: string;
      /** What to do about it. */
      readonly hint: string;
    };

const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/;
const MOST_CHARACTERS = 253;
const EXAMPLE = 'Write the host alone, such as shop.example.';

/**
 * Reads a domain that stands for itself and all hosts below it. Internationalised names may be written either way; they
 * come back as in DNS (`xn--…`), in lower case.
 *
 * Public suffixes are refused, those of companies that give names away too (github.io, blogspot.com): what stands below
 * them belongs to many.
 */
export function readDomain(text: string): ReadDomain {
  if (/[/?#@\\]|:\/\//.test(text)) return { message: 'is an address, not a host', hint: insteadOf(text) };
  if (/^\[|:.*:/.test(text) || isIP(text) !== 0) return ADDRESS;
  if (text.includes(':'))
    return { message: 'has a port', hint: 'Leave the port out: a domain stands for all of them.' };
  if (/^\*?\./.test(text)) {
    return {
      message: 'has a wildcard',
      hint: `Write ${text.replace(/^\*?\.+/, '')}: it stands for all hosts below it.`,
    };
  }
  if (text.endsWith('.')) return { message: 'ends in a dot', hint: 'Leave the dot out.' };
  const domain = domainToASCII(text).toLowerCase();
  if (isIP(domain) !== 0) return ADDRESS;
  if (domain.length > MOST_CHARACTERS || !domain.split('.').every((label) => LABEL.test(label))) {
    return { message: 'is not a host', hint: EXAMPLE };
  }
  if (domain.startsWith('www.')) {
    return { message: 'begins with www.', hint: `Write ${domain.slice('www.'.length)}: it stands for www. too.` };
  }
  if (registrableDomain(domain) === undefined) {
    return {
      message: 'is a public suffix, under which anybody may have a name',
      hint: 'Write the whole domain of the service, with one more part in front.',
    };
  }
  return { domain };
}

const ADDRESS = {
  message: 'is an IP address',
  hint: 'Write a name: numbers belong to whoever rents them today.',
};

function insteadOf(text: string): string {
  const host = URL.parse(text.includes('://') ? text : `https://${text}`)?.hostname.replace(/^www\./, '');
  return host && !host.startsWith('[') && isIP(host) === 0 ? `Write the host alone: ${host}` : EXAMPLE;
}

/**
 * The part of a host that somebody registered: `shop.example.co.uk` → `example.co.uk`, `me.github.io` → `me.github.io`.
 *
 * @param host as in `URL.hostname`
 * @returns undefined for a public suffix, an IP address, or a name without a dot
 */
export const registrableDomain = (host: string): string | undefined =>
  parse(host, { allowPrivateDomains: true }).domain ?? undefined;
