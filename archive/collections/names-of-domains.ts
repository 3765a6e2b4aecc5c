import { parse } from 'tldts';
import type { Service } from '../declarations/service.ts';

type Named = Pick<Service, 'name'>;

/** A shorter beginning is no hint: Apple begins with app. */
const LEAST_LETTERS = 3;

/** Whether a domain is called as the service is: YouTube and youtube.com, Last.fm and last.fm. */
export function bearsName({ name }: Named, domain: string): boolean {
  const called = letters(name);
  return called !== '' && (called === letters(labelOf(domain)) || called === letters(domain));
}

/** Whether a service's name begins as the domain does: Google Play and google.com. */
export function pointsTo(service: Named, domain: string): boolean {
  const label = letters(labelOf(domain));
  return bearsName(service, domain) || (label.length >= LEAST_LETTERS && letters(service.name).startsWith(label));
}

const labelOf = (domain: string): string => parse(domain, { allowPrivateDomains: true }).domainWithoutSuffix ?? domain;

/** Letters and digits alone, without accents, in lower case. */
function letters(text: string): string {
  // Most names are plain, and this is asked for each of 100,000.
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKD').replace(/[^\p{L}\p{N} ]/gu, '');
  return plain.replace(/[\x20-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/g, '').toLowerCase();
}
