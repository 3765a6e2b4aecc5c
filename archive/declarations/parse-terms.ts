import { type Fault, isObject, kindOf, memberPath, reportTo } from './fault.ts';
import { nearest } from './nearest.ts';
import type { SourceDocument, Terms } from './service.ts';
import {
  isPdfLocation,
  type ReadingContext,
  readLocation,
  readTreatment,
  TREATMENT_KEYS,
  type Treatment,
  toSourceDocument,
} from './source-document.ts';

/**
 * Reads one terms declaration: single, combined or PDF; which of them is settled first, so that faults are about the
 * kind that was meant.
 *
 * @param extraKeys keys allowed beside those of a declaration (`validUntil` in histories).
 * @returns undefined, with faults, where it cannot be tracked. Faults that OTA's engine tracks all the same (unknown
 * keys, two members with one location, selectors that do not parse) do not keep it from being loaded.
 */
export function readTerms(
  identity: Pick<Terms, 'serviceId' | 'type' | 'validUntil'>,
  value: unknown,
  path: string,
  context: ReadingContext,
  extraKeys: readonly string[] = [],
): Terms | undefined {
  const { report } = context;
  if (!isObject(value)) {
    report(path, `is ${kindOf(value)}; expected an object`, 'Write {"fetch": …, "select": …} or {"combine": […]}.');
    return undefined;
  }
  const sourceDocuments =
    'combine' in value
      ? readCombined(value, path, context, extraKeys)
      : readMember(value, path, context, {}, extraKeys, 'terms');
  return sourceDocuments && { ...identity, sourceDocuments };
}

/**
 * A terms declaration on its own.
 *
 * @throws Error listing all faults.
 */
export function parseTerms(serviceId: string, type: string, json: unknown): Terms {
  const faults: Fault[] = [];
  const report = reportTo(faults, serviceId, serviceId);
  const terms = readTerms({ serviceId, type, validUntil: undefined }, json, '', { report, functions: undefined });
  if (terms) return terms;
  const list = faults.map(({ path, message }) => `  ${path} ${message}`).join('\n');
  throw new Error(`The declaration of ${serviceId} ${type} cannot be used:\n${list}`);
}

function readCombined(
  value: Record<string, unknown>,
  path: string,
  context: ReadingContext,
  extraKeys: readonly string[],
): SourceDocument[] | undefined {
  const { report } = context;
  const combinePath = memberPath(path, 'combine');
  reportUnknownKeys(value, path, ['combine', ...TREATMENT_KEYS, ...extraKeys], context);
  const shared = readTreatment(value, path, context);
  if (!Array.isArray(value.combine) || value.combine.length === 0) {
    const what = Array.isArray(value.combine) ? 'is empty' : `is ${kindOf(value.combine)}`;
    report(combinePath, `${what}; expected an array of source documents`, 'List them as {"fetch": …, "select": …}.');
    return undefined;
  }
  const members = value.combine.map((member, index) => {
    const memberAt = memberPath(combinePath, index);
    if (isObject(member)) return readMember(member, memberAt, context, shared ?? {}, [], 'member');
    report(memberAt, `is ${kindOf(member)}; expected an object`, 'Write {"fetch": …, "select": …}.');
    return undefined;
  });
  reportDuplicates(members, combinePath, context);
  const usable = members.flatMap((member) => member ?? []);
  return shared && usable.length === members.length ? usable : undefined;
}

/** Two members with one document id would also share one record, whatever their locations. */
function reportDuplicates(
  members: readonly (readonly SourceDocument[] | undefined)[],
  path: string,
  { report }: ReadingContext,
): void {
  const seen = new Map<string, { index: number; location: string }>();
  for (const [index, member] of members.entries()) {
    const document = member?.[0];
    if (!document) continue;
    const first = seen.get(document.id);
    if (!first) {
      seen.set(document.id, { index, location: document.location });
      continue;
    }
    const at = memberPath(memberPath(path, index), 'fetch');
    const firstAt = memberPath(path, first.index);
    if (first.location === document.location) {
      report(
        at,
        `is the same location as that of ${firstAt}`,
        'Combine different locations, or list several selectors in one.',
      );
    } else {
      report(
        at,
        `has the same document id “${document.id}” as ${firstAt}, so that both are recorded in one file, in turn`,
        'Choose locations whose paths differ.',
      );
    }
  }
}

function readMember(
  value: Record<string, unknown>,
  path: string,
  context: ReadingContext,
  shared: Treatment,
  extraKeys: readonly string[],
  role: 'terms' | 'member',
): SourceDocument[] | undefined {
  const { report } = context;
  reportUnknownKeys(value, path, ['fetch', ...TREATMENT_KEYS, ...extraKeys], context);
  const location = readLocation(value.fetch, memberPath(path, 'fetch'), report);
  const treatment = readTreatment(value, path, context);
  if (location === undefined || treatment === undefined) return undefined;
  const document = toSourceDocument(location, treatment, shared);
  const selectPath = memberPath(path, 'select');
  if (isPdfLocation(location)) {
    if (treatment.select !== undefined) {
      report(
        selectPath,
        'is not used where a PDF is fetched, as the location says',
        'Take it out, unless the location answers with HTML.',
        'warning',
      );
    }
  } else if (document.select === undefined) {
    const shareable = role === 'member' ? ', here or shared beside "combine"' : '';
    report(
      selectPath,
      `is missing; expected a selector${shareable}`,
      'Add "select", or fetch a location that ends in .pdf.',
    );
    return undefined;
  } else if (Array.isArray(document.select) && document.select.length === 0) {
    report(selectPath, 'is empty; expected at least one selector', 'Name what holds the terms, such as "main".');
    return undefined;
  }
  return [document];
}

function reportUnknownKeys(
  value: Record<string, unknown>,
  path: string,
  known: readonly string[],
  { report }: ReadingContext,
): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const suggestion = nearest(key, known);
    report(
      memberPath(path, key),
      `is not a known key; expected ${known.join(', ')}`,
      suggestion ? `Did you mean "${suggestion}"?` : 'Take it out.',
    );
  }
}
