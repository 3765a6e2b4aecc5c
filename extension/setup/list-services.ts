import { readLines } from '../files/sorted-lines.ts';
import { asRecord, asText } from '../state/heal.ts';

/** A service that somebody may choose. */
export interface NamedService {
  readonly key: string;
  readonly name: string;
  readonly collection: string;
  /** The name without accents and case: by it services are sorted and found. */
  readonly plain: string;
}

/** A name longer than this is cut: no service has one, and a list has to stay one. */
const LONGEST_NAME = 120;
/** Changes of terms whose type is longer are not told anyway (files/read-recent.ts). */
const LONGEST_TYPE = 200;
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
export function listServices(bytes: Uint8Array): ServiceList {
  const services: NamedService[] = [];
  const types = new Set<string>();
  for (const [key = '', json = ''] of readLines(bytes)) {
    const { name, collection, terms } = readCoverage(json);
    const text = asText(name, '').trim();
    if (!/^[\w-]{8}$/.test(key) || text === '') continue;
    const shown = cut(text);
    services.push({ key, name: shown, collection: cut(asText(collection, '')), plain: plainOf(shown) });
    for (const one of Array.isArray(terms) ? terms : []) {
      const type = asText(Array.isArray(one) ? one[0] : '', '');
      if (type !== '' && type.length <= LONGEST_TYPE) types.add(type);
    }
  }
  // Not by a collator: of 100,000 names that takes seconds.
  services.sort((a, b) => order(a.plain, b.plain) || order(a.name, b.name) || order(a.collection, b.collection));
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
  const words = plainOf(typed).split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  const matches = services.filter(({ plain }) => words.every((word) => plain.includes(word)));
  const { begins = [], others = [] } = Object.groupBy(matches, ({ plain }) =>
    plain.startsWith(first) ? 'begins' : 'others',
  );
  const found = [...begins, ...others].slice(0, most);
  return { found, more: matches.length - found.length };
}

const plainOf = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const cut = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).replace(CUT_PAIR, '')}…` : name;

function readCoverage(json: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(json));
  } catch {
    return {};
  }
}
