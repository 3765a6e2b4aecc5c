import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { readDomain } from './domain-name.ts';
import { type Fault, kindOf, memberPath, type Report, reportTo } from './fault.ts';
import { nearest } from './nearest.ts';
import { whyUnreadable } from './why-unreadable.ts';

export const DOMAINS_FILE = 'domains.yml';

/**
 * What a collection says of the domains of services beside what follows from declared locations: domain (lower case, as in
 * DNS) → ids of the services that are used there; none: nobody's.
 */
export type DeclaredDomains = ReadonlyMap<string, readonly string[]>;

/** `domains` undefined: the file as a whole cannot be read. Entries with faults are left out. */
export interface ReadDomains {
  readonly domains: DeclaredDomains | undefined;
  readonly faults: Fault[];
}

const FORMAT =
  'Write the id of a service, a list such as [Larkmail, Gullnet], or [] for nobody; docs/domains.md says more.';

/**
 * Reads a collection's `domains.yml`; none where there is no such file.
 *
 * @param services ids that the collection declares; undefined: whether services are known is not looked at.
 */
export async function loadDomains(collectionDirectory: string, services?: readonly string[]): Promise<ReadDomains> {
  let source: string;
  try {
    source = await readFile(join(collectionDirectory, DOMAINS_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { domains: new Map(), faults: [] };
    const faults: Fault[] = [];
    reportTo(faults, undefined, DOMAINS_FILE)('', whyUnreadable(error), 'Correct it, or take the file out.');
    return { domains: undefined, faults };
  }
  return parseDomains(source, services);
}

/** Reads the text of a `domains.yml`: domain → id of a service, or a list of them. */
export function parseDomains(source: string, services?: readonly string[]): ReadDomains {
  const faults: Fault[] = [];
  const report = reportTo(faults, undefined, DOMAINS_FILE);
  const lineCounter = new LineCounter();
  // A domain given twice is a fault like the others, not the end of reading.
  const document = parseDocument(source, { schema: 'core', lineCounter, prettyErrors: false, uniqueKeys: false });
  for (const { message, pos } of document.errors) {
    const { line, col } = lineCounter.linePos(pos[0]);
    report('', `not YAML, at line ${line}, column ${col}: ${message}`, 'Correct the syntax there or just before.');
  }
  if (document.errors.length > 0) return { domains: undefined, faults };
  // A file in which everything is commented out says nothing.
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return { domains: new Map(), faults };
  }
  if (!isMap(document.contents)) {
    report('', `is ${isSeq(document.contents) ? 'a list' : 'a text'}; expected domains with services`, FORMAT);
    return { domains: undefined, faults };
  }
  const lineOf = (node: unknown): number => {
    const place = isScalar(node) ? node.range?.[0] : undefined;
    return place === undefined ? 0 : lineCounter.linePos(place).line;
  };
  const known = services && new Set(services);
  const domains = new Map<string, readonly string[]>();
  const lines = new Map<string, number>();
  for (const { key, value } of document.contents.items) {
    const name = textOf(key);
    const path = memberPath('', name ?? '');
    const read = readDomain(name ?? '');
    if (!('domain' in read)) {
      report(path, `at line ${lineOf(key)}: ${read.message}`, read.hint);
      continue;
    }
    const former = lines.get(read.domain);
    if (former !== undefined) {
      report(
        path,
        `at line ${lineOf(key)}: is given at line ${former} already; that one counts`,
        'Keep one of the two.',
      );
      continue;
    }
    lines.set(read.domain, lineOf(key));
    const ids = readServices(value, document, path, report);
    if (ids === undefined) continue;
    const found = known === undefined ? ids : ids.filter((id) => isKnown(id, known, path, report));
    if (found.length > 0 || ids.length === 0) domains.set(read.domain, found);
  }
  return { domains, faults };
}

function isKnown(id: string, known: ReadonlySet<string>, path: string, report: Report): boolean {
  if (known.has(id)) return true;
  const suggestion = nearest(id, known);
  report(
    path,
    `no service “${id}” is declared`,
    suggestion ? `Did you mean “${suggestion}”?` : 'The id of a service is the name of its file without .json.',
  );
  return false;
}

/** @returns undefined, with a fault, for what is neither an id nor a list of ids. */
function readServices(
  given: ParsedNode | null | undefined,
  document: Document.Parsed,
  path: string,
  report: Report,
): readonly string[] | undefined {
  const value = isAlias(given) ? (given.resolve(document) as ParsedNode | undefined) : given;
  const one = textOf(value);
  if (one !== undefined) return [one];
  if (!isSeq(value)) {
    const kind = isMap(value) ? 'an object' : 'empty';
    report(path, `is ${kind}; expected services`, FORMAT);
    return undefined;
  }
  const ids: string[] = [];
  for (const [place, item] of value.items.entries()) {
    const id = textOf(item);
    const at = memberPath(path, place);
    if (id === undefined)
      report(at, `is ${kindOf(isScalar(item) ? item.value : {})}; expected the id of a service`, FORMAT);
    else if (ids.includes(id)) report(at, `“${id}” is given twice`, 'Keep one of the two.');
    else ids.push(id);
  }
  // Of a list with nothing but faults it must not be said that the domain is nobody's.
  return ids.length > 0 || value.items.length === 0 ? ids : undefined;
}

/** A service may be called 1337 or Yes: what stands there counts, not what YAML makes of it. */
function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  return text.trim() === '' ? undefined : text;
}
