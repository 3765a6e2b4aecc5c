import { type Fault, isObject, kindOf, memberPath, reportTo } from './fault.ts';
import { nearest } from './nearest.ts';
import { readTerms } from './parse-terms.ts';
import type { Service, Terms } from './service.ts';
import type { ReadingContext } from './source-document.ts';
import { checkTermsType } from './terms-types.ts';

const KEYS: readonly string[] = ['name', 'terms', 'importedFrom'];

/** What the declaration file of a service holds by itself, without history and filters. */
export type DeclaredService = Pick<Service, 'id' | 'name' | 'terms'>;

/**
 * A whole service declaration on its own, outside a collection: no history, no filter functions (their names are not
 * checked).
 *
 * @param file name for the faults.
 * @returns `service` undefined where nothing of it can be tracked.
 */
export function parseService(
  id: string,
  json: unknown,
  file = `${id}.json`,
): { service: Service | undefined; faults: Fault[] } {
  const faults: Fault[] = [];
  const declared = readService(id, json, { report: reportTo(faults, id, file), functions: undefined });
  const service = declared && {
    ...declared,
    history: new Map(),
    filtersFile: undefined,
    filtersHistoryFile: undefined,
  };
  return { service, faults };
}

/** Reads a service declaration. Terms that cannot be tracked are left out, with faults. */
export function readService(id: string, json: unknown, context: ReadingContext): DeclaredService | undefined {
  const { report } = context;
  if (!isObject(json)) {
    report('', `is ${kindOf(json)}; expected an object`, 'Write {"name": …, "terms": {…}}.');
    return undefined;
  }
  for (const key of Object.keys(json)) {
    if (KEYS.includes(key)) continue;
    const suggestion = key === 'documents' ? 'terms' : nearest(key, KEYS);
    report(
      memberPath('', key),
      `is not a known key; expected ${KEYS.join(', ')}`,
      suggestion ? `Did you mean "${suggestion}"?` : 'Take it out.',
    );
  }
  const { name, importedFrom } = json;
  const isNamed = typeof name === 'string' && name.trim() !== '';
  if (!isNamed) {
    const what = name === undefined ? 'is missing' : `is ${kindOf(name)}`;
    report('name', `${what}; expected the name of the service`, 'Add the name that the service gives itself.');
  }
  if (importedFrom !== undefined && typeof importedFrom !== 'string') {
    report('importedFrom', `is ${kindOf(importedFrom)}; expected an address`, 'Write an address, or take it out.');
  }
  const terms = readAllTerms(id, json.terms, context);
  return terms && { id, name: isNamed ? name : id, terms };
}

function readAllTerms(serviceId: string, value: unknown, context: ReadingContext): Terms[] | undefined {
  const { report } = context;
  // Empty is in use: services that are no longer tracked and keep their history.
  if (!isObject(value)) {
    const what = value === undefined ? 'is missing' : `is ${kindOf(value)}`;
    report(
      'terms',
      `${what}; expected an object from terms types to declarations`,
      'Write {"Terms of Service": {"fetch": …, "select": …}}.',
    );
    return undefined;
  }
  return Object.entries(value).flatMap(([type, declaration]) => {
    const path = memberPath('terms', type);
    if (!checkTermsType(type, path, context.report)) return [];
    return readTerms({ serviceId, type, validUntil: undefined }, declaration, path, context) ?? [];
  });
}
