/** Where a server's website has what the popup tells of: the addresses of `server/pages/addresses.ts` that are linked to. */
export interface WebsiteAddresses {
  start(): string;
  /** How to ask for a service that is not tracked. */
  request(): string;
  service(service: ServiceAddress): string;
  /** All changes of terms. */
  terms(terms: TermsAddress): string;
  version(terms: TermsAddress, id: string): string;
  redline(terms: TermsAddress, beforeId: string, afterId: string): string;
  /** Leads to the redline of the versions at two days (YYYY-MM-DD). */
  redlineBetween(terms: TermsAddress, from: string, to: string): string;
}

export interface ServiceAddress {
  readonly collection: string;
  readonly serviceId: string;
}

export interface TermsAddress extends ServiceAddress {
  readonly type: string;
}

/** @param website where it begins, without a slash at the end. @param language of its pages: en, fr, de or es */
export function websiteAddresses(website: string, language: string): WebsiteAddresses {
  const root = `${website}/${part(language)}`;
  const service = ({ collection, serviceId }: ServiceAddress): string =>
    `${root}/${part(collection)}/services/${part(serviceId)}`;
  const terms = (address: TermsAddress): string => `${service(address)}/${part(address.type)}`;
  return {
    service,
    terms,
    start: () => `${root}/`,
    request: () => `${root}/about#request`,
    version: (address, id) => `${terms(address)}/versions/${part(id)}`,
    redline: (address, before, after) => `${terms(address)}/redlines/${part(before)}/${part(after)}`,
    redlineBetween: (address, from, to) => `${terms(address)}/redlines?from=${part(from)}&to=${part(to)}`,
  };
}

/** Names may hold anything, halves of characters too, at which `encodeURIComponent` throws. */
const part = (name: string): string => encodeURIComponent(name.toWellFormed());
