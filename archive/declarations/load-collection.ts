import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { checkFileNames } from './check-file-names.ts';
import { type Fault, reportTo } from './fault.ts';
import { loadService } from './load-service.ts';
import { nearest } from './nearest.ts';
import type { Service } from './service.ts';

export interface LoadOptions {
  /** Ids of the services to load; all of them when absent. */
  readonly services?: readonly string[] | undefined;
  /** false: names of filter functions are not checked against the service's filter files. */
  readonly checkFunctions?: boolean;
}

/**
 * Loads the declarations of a collection.
 *
 * @param directory the collection's folder, or its folder `declarations`.
 * @returns services by id in the order of their ids, with all terms that can be tracked, and all faults, in the order of
 * files. Faults of one service or terms never keep others from being loaded.
 * @throws Error where there is no folder `declarations`.
 */
export async function loadDeclarations(
  directory: string,
  { services: wanted, checkFunctions = true }: LoadOptions = {},
): Promise<{ services: Service[]; faults: Fault[] }> {
  const folder = await declarationsFolder(directory);
  const files = await fileNames(folder);
  const declared = serviceIds(files);
  const ids = wanted ? declared.filter((id) => wanted.includes(id)) : declared;
  const faults: Fault[] = [];
  const prefix = `${basename(folder)}/`;
  for (const id of new Set(wanted)) {
    if (declared.includes(id)) continue;
    const suggestion = nearest(id, declared);
    reportTo(faults, id, `${prefix}${id}.json`)(
      '',
      `no service “${id}” is declared`,
      suggestion ? `Did you mean “${suggestion}”?` : 'The id of a service is the name of its file without .json.',
    );
  }
  checkFileNames(files, wanted, prefix, faults);
  const loaded = await Promise.all(ids.map((id) => loadService(id, { folder, prefix, files, checkFunctions })));
  for (const { faults: found } of loaded) faults.push(...found);
  return { services: loaded.flatMap(({ service }) => service ?? []), faults };
}

/**
 * Ids of the services that a collection declares, faulty ones included.
 *
 * @throws Error where there is no folder `declarations`.
 */
export const declaredServices = async (directory: string): Promise<string[]> =>
  serviceIds(await fileNames(await declarationsFolder(directory)));

const fileNames = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();

/** Ids of the services that a folder's files declare, in the files' order. */
const serviceIds = (files: readonly string[]): string[] =>
  files
    .filter((name) => name.endsWith('.json') && !name.endsWith('.history.json'))
    .map((name) => name.slice(0, -'.json'.length));

/**
 * The folder `declarations` of a collection, also where it is given itself.
 *
 * @throws Error where there is none.
 */
async function declarationsFolder(directory: string): Promise<string> {
  const absolute = resolve(directory);
  const inside = join(absolute, 'declarations');
  if (await isDirectory(inside)) return inside;
  if (basename(absolute) === 'declarations' && (await isDirectory(absolute))) return absolute;
  throw new Error(
    `${absolute} is not a collection: it has no folder “declarations”. Name a collection's folder with --collection.`,
  );
}

/** The collection's folder, also where its folder `declarations` is given. */
export const collectionRoot = async (directory: string): Promise<string> =>
  dirname(await declarationsFolder(directory));

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
