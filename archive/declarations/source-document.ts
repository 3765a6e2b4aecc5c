import { documentId } from './document-id.ts';
import { kindOf, memberPath, type Report } from './fault.ts';
import { readFilterUses } from './filter-uses.ts';
import { readSelectors } from './selectors.ts';
import type { SourceDocument } from './service.ts';

/** `select`, `remove`, `filter` and `executeClientScripts`: what terms may hold, and share among combined members. */
export type Treatment = Partial<Pick<SourceDocument, 'select' | 'remove' | 'filter' | 'executeClientScripts'>>;

export const TREATMENT_KEYS: readonly string[] = ['select', 'remove', 'filter', 'executeClientScripts'];

/** What readers of declarations need beside the value. */
export interface ReadingContext {
  readonly report: Report;
  /** Names that the service's filter files export; undefined leaves the names of filters unchecked. */
  readonly functions: ReadonlySet<string> | undefined;
}

/** OTA's rule for a PDF's location: the path ends in `.pdf`, and a query may follow. */
export const isPdfLocation = (location: string): boolean => /^https?:\/\/.+\.pdf(\?.+)?$/i.test(location);

/** @returns undefined, with faults, where a value cannot be used. */
export function readTreatment(
  value: Record<string, unknown>,
  path: string,
  { report, functions }: ReadingContext,
): Treatment | undefined {
  const select =
    value.select === undefined ? undefined : readSelectors(value.select, memberPath(path, 'select'), report);
  const remove =
    value.remove === undefined ? undefined : readSelectors(value.remove, memberPath(path, 'remove'), report);
  const filter =
    value.filter === undefined
      ? undefined
      : readFilterUses(value.filter, memberPath(path, 'filter'), report, functions);
  const { executeClientScripts } = value;
  if (executeClientScripts !== undefined && typeof executeClientScripts !== 'boolean') {
    report(
      memberPath(path, 'executeClientScripts'),
      `is ${kindOf(executeClientScripts)}; expected true or false`,
      'Write true to use a browser, false never to use one, or take the key out to let the tracker choose.',
    );
    return undefined;
  }
  const read = { select, remove, filter };
  const unusable = (['select', 'remove', 'filter'] as const).some(
    (key) => value[key] !== undefined && read[key] === undefined,
  );
  if (unusable) return undefined;
  return {
    select,
    remove,
    ...(filter && { filter }),
    ...(executeClientScripts !== undefined && { executeClientScripts }),
  };
}

/** A location that can be fetched and recorded. @returns undefined, with a fault, otherwise. */
export function readLocation(value: unknown, path: string, report: Report): string | undefined {
  const hint = 'Give the whole address, such as "https://service.example/terms".';
  if (typeof value !== 'string') {
    report(
      path,
      value === undefined ? 'is missing; expected an address' : `is ${kindOf(value)}; expected an address`,
      hint,
    );
    return undefined;
  }
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || value.trim() !== value) {
    report(path, `${JSON.stringify(value)} is not an address that starts with http:// or https://`, hint);
    return undefined;
  }
  if ([...documentId(value)].some((character) => character < ' ')) {
    report(path, 'has a control character in its path, which no file name can hold', hint);
    return undefined;
  }
  return value;
}

/** A source document of terms, or one member of combined terms, whose own values win over the shared ones. */
export function toSourceDocument(location: string, own: Treatment, shared: Treatment): SourceDocument {
  return {
    id: documentId(location),
    location,
    select: own.select ?? shared.select,
    remove: own.remove ?? shared.remove,
    filter: own.filter ?? shared.filter ?? [],
    executeClientScripts: own.executeClientScripts ?? shared.executeClientScripts,
  };
}
