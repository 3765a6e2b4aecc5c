import { readLines } from '../files/sorted-lines.ts';
import { asRecord, asText } from '../state/heal.ts';

/** A service that somebody may choose. */
export interface NamedService {
  readonly key: string;
  readonly name: string;
  readonly collection: string;
}

/** A name longer than this is cut: no service has one, and a list has to stay one. */
const LONGEST_NAME = 120;
const CUT_PAIR = /[\uD800-\uDBFF]$/;

export interface ServiceList {
  /** By name. */
  readonly services: readonly NamedService[];
  /** Names of all types of their terms, in no order. */
  readonly types: readonly string[];
}

/**
 * All services of the `services` file. Lines that say no name are left out.
 *
 * @param bytes format: server/api/contract/extension.ts
 */
export function listServices(bytes: Uint8Array, language: string): ServiceList {
  const services: NamedService[] = [];
  const types = new Set<string>();
  for (const [key = '', json = ''] of readLines(bytes)) {
    const { name, collection, terms } = readCoverage(json);
    const text = asText(name, '').trim();
    if (!/^[\w-]{8}$/.test(key) || text === '') continue;
    services.push({ key, name: cut(text), collection: asText(collection, '') });
    for (const one of Array.isArray(terms) ? terms : []) types.add(asText(Array.isArray(one) ? one[0] : '', ''));
  }
  types.delete('');
  const { compare } = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  services.sort((a, b) => compare(a.name, b.name) || compare(a.collection, b.collection));
  return { services, types: [...types] };
}

/**
 * Those whose name has all the words in it that were typed, whatever their accents and case; first those that begin so.
 *
 * @param most how many are wanted
 */
export function searchServices(
  services: readonly NamedService[],
  typed: string,
  most: number,
): { readonly found: readonly NamedService[]; readonly more: number } {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  const matches = services.filter(({ name }) => {
    const text = plain(name);
    return words.every((word) => text.includes(word));
  });
  const begins = matches.filter(({ name }) => plain(name).startsWith(first));
  const others = matches.filter((service) => !begins.includes(service));
  const found = [...begins, ...others].slice(0, most);
  return { found, more: matches.length - found.length };
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

const cut = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).replace(CUT_PAIR, '')}…` : name;

function readCoverage(json: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(json));
  } catch {
    return {};
  }
}
