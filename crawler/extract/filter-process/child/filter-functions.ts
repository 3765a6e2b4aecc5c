import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FilterUse } from '../../../../archive/declarations/service.ts';
import { removeQueryParams } from '../../filters/remove-query-params.ts';

type FilterFunction = (document: Document, ...rest: unknown[]) => unknown;

/** A filter function with what it is called with. */
export interface PreparedFilter {
  /** As the context names it: the function's own name, or the declared one where it has parameters (as in OTA). */
  readonly name: string;
  readonly declaredName: string;
  readonly run: (document: Document, context: unknown) => unknown;
}

export interface FilterSources {
  readonly filtersFile?: string | undefined;
  readonly filtersHistoryFile?: string | undefined;
  /** Milliseconds since 1970. */
  readonly date?: number | undefined;
}

const builtIn = new Map<string, FilterFunction>([
  // Its third argument is a location, not a context.
  [removeQueryParams.name, (document, parameters) => removeQueryParams(document, parameters)],
]);

/**
 * Finds the functions that a declaration names, valid at the date. Ours win over a service's own of the same name.
 *
 * @throws Error that names the function or the file
 */
export async function prepareFilters(uses: readonly FilterUse[], sources: FilterSources): Promise<PreparedFilter[]> {
  const names = uses.map(nameOf);
  const needsOwn = names.some((name) => !builtIn.has(name));
  const own = needsOwn ? await load(sources.filtersFile) : {};
  const former = needsOwn && sources.date !== undefined ? await load(sources.filtersHistoryFile) : {};
  return uses.map((use, index) => {
    const name = names[index] ?? '';
    const filter = builtIn.get(name) ?? formerFunction(former[name], sources.date) ?? own[name];
    if (typeof filter !== 'function') throw new Error(`The filter function "${name}" ${missing(sources)}`);
    const run = filter as FilterFunction;
    if (typeof use === 'string') {
      return {
        name: builtIn.has(name) ? name : run.name,
        declaredName: name,
        run: (document, context) => run(document, context),
      };
    }
    return { name, declaredName: name, run: (document, context) => run(document, use[name], context) };
  });
}

function nameOf(use: FilterUse): string {
  return typeof use === 'string' ? use : (Object.keys(use)[0] ?? '');
}

async function load(file: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (file === undefined) return {};
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`${basename(file)} cannot be loaded: ${describe(error)}`, { cause: error });
  }
}

/** The first entry, by `validUntil`, that was still valid at the date. */
function formerFunction(entries: unknown, date: number | undefined): unknown {
  if (!Array.isArray(entries) || date === undefined) return undefined;
  const dated = entries
    .map((entry: { validUntil?: unknown; filter?: unknown } | null) => ({
      until: new Date(String(entry?.validUntil)).getTime(),
      filter: entry?.filter,
    }))
    .filter(({ until }) => !Number.isNaN(until))
    .sort((a, b) => a.until - b.until);
  return dated.find(({ until }) => date <= until)?.filter;
}

function missing({ filtersFile }: FilterSources): string {
  return filtersFile === undefined
    ? 'does not exist: the service has no filters file. Write it, or take the name out of the declaration.'
    : `is not exported by ${basename(filtersFile)}. Export it, or take the name out of the declaration.`;
}

/** Says what was thrown, which can be anything, also something whose conversion to text throws. */
export function describe(error: unknown): string {
  try {
    return String(error).slice(0, 1_000);
  } catch {
    return 'something that cannot be shown as text';
  }
}
