import { isObject, kindOf, memberPath, type Report } from './fault.ts';
import { nearest } from './nearest.ts';
import type { FilterUse } from './service.ts';

/** Filters that every service may use without declaring them. */
export const BUILT_IN_FILTERS: readonly string[] = ['removeQueryParams'];

const HINT = 'List names of functions, or {"name": parameters}: ["removeAds", {"removeQueryParams": ["utm_source"]}].';

/**
 * @param functions names that the service's filter files export; undefined leaves the names unchecked.
 * @returns undefined, with faults, where the value cannot be used as `filter`.
 */
export function readFilterUses(
  value: unknown,
  path: string,
  report: Report,
  functions: ReadonlySet<string> | undefined,
): FilterUse[] | undefined {
  if (!Array.isArray(value)) {
    report(path, `is ${kindOf(value)}; expected an array of filters`, HINT);
    return undefined;
  }
  const uses: FilterUse[] = [];
  for (const [index, item] of value.entries()) {
    const itemPath = memberPath(path, index);
    const use = readUse(item);
    if (use === undefined) {
      const what = isObject(item) ? `an object with ${Object.keys(item).length} keys` : kindOf(item);
      report(itemPath, `is ${what}; expected a function's name or an object with one key, that name`, HINT);
      continue;
    }
    uses.push(use);
    checkName(typeof use === 'string' ? use : (Object.keys(use)[0] ?? ''), itemPath, report, functions);
  }
  return uses.length === value.length ? uses : undefined;
}

function readUse(item: unknown): FilterUse | undefined {
  if (typeof item === 'string' && item !== '') return item;
  return isObject(item) && Object.keys(item).length === 1 ? item : undefined;
}

function checkName(name: string, path: string, report: Report, functions: ReadonlySet<string> | undefined): void {
  if (functions === undefined || functions.has(name) || BUILT_IN_FILTERS.includes(name)) return;
  const suggestion = nearest(name, [...functions, ...BUILT_IN_FILTERS]);
  report(
    path,
    `no filter function is called “${name}”: it is neither built in nor exported by the service's filters file`,
    suggestion ? `Did you mean “${suggestion}”?` : `Export a function ${name} from the service's .filters.js file.`,
  );
}
