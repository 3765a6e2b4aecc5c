import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { type Fault, isObject, type Report, reportTo } from '../declarations/fault.ts';
import { whyUnreadable } from '../declarations/why-unreadable.ts';
import { readYaml, reportIssues } from '../declarations/yaml-file.ts';
import { isRemoteLocation } from '../git/remote-location.ts';
import type { CollectionEntry, Place } from './collection-entry.ts';
import { type IsFaulty, reportConflicts } from './configuration-conflicts.ts';
import { type ConfigurationFile, configurationSchema, keysAt, soundParts } from './configuration-schema.ts';

/** The configuration of a server for several collections, as its file has it. */
export interface CollectionsConfiguration {
  readonly file: string;
  /** Holds a folder for each collection that is mirrored. */
  readonly dataDirectory: string;
  readonly listsFile: string | undefined;
  /** In the order of the file. */
  readonly collections: readonly CollectionEntry[];
}

/**
 * Reads a configuration file.
 *
 * @returns `configuration` undefined where the file is not there or has faults; all of them are listed.
 */
export async function loadConfigurationFile(
  file: string,
): Promise<{ readonly configuration: CollectionsConfiguration | undefined; readonly faults: Fault[] }> {
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const faults: Fault[] = [];
    const why = error instanceof TypeError ? 'is not encoded in UTF-8' : whyUnreadable(error);
    reportTo(faults, undefined, basename(file))('', why, 'docs/collections.md has an example of such a file.');
    return { configuration: undefined, faults };
  }
  return parseConfiguration(source, file);
}

/** Reads the text of a configuration file. @param file absolute; its relative paths start from its folder. */
export function parseConfiguration(
  source: string,
  file: string,
): { readonly configuration: CollectionsConfiguration | undefined; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const report: Report = reportTo(faults, undefined, basename(file));
  const read = readYaml(source, report);
  if (!read) return { configuration: undefined, faults };
  const value = read.value ?? {};
  const result = configurationSchema.safeParse(value, { reportInput: true });
  reportIssues(result.error, report, { keysAt, hint: 'Correct it; docs/collections.md explains every key.' });
  const understood = result.data ?? soundParts(value);
  const configuration = resolved(understood, file);
  reportConflicts(configuration, report, notUnderstood(value, understood));
  const isFaulty = faults.some(({ severity }) => severity === 'fault');
  return { configuration: isFaulty ? undefined : configuration, faults };
}

/** Whether something stands at a key of a collection that was not understood, and is reported already. */
function notUnderstood(value: unknown, { collections: understood }: ConfigurationFile): IsFaulty {
  const collections = isObject(value) && isObject(value.collections) ? value.collections : {};
  return (id, key) => {
    const given = collections[id];
    return !isObject(given) || (given[key] !== undefined && understood[id]?.[key] === undefined);
  };
}

/** Where mirrors are kept for a configuration file that does not say. */
export const defaultDataDirectory = (file: string): string => resolve(dirname(file), 'data', 'mirrors');

function resolved({ data, lists, collections }: ConfigurationFile, file: string): CollectionsConfiguration {
  const folder = dirname(file);
  const place = (text: string | undefined): Place | undefined => {
    if (text === undefined) return undefined;
    return isRemoteLocation(text) ? { kind: 'remote', url: text } : { kind: 'path', path: resolve(folder, text) };
  };
  return {
    file,
    dataDirectory: data === undefined ? defaultDataDirectory(file) : resolve(folder, data),
    listsFile: lists === undefined ? undefined : resolve(folder, lists),
    collections: Object.entries(collections).map(
      ([id, entry]): CollectionEntry => ({
        id,
        name: entry.name,
        isTracked: entry.tracked ?? false,
        isDefault: entry.default ?? false,
        schedule: entry.schedule,
        declarations: place(entry.declarations),
        versions: place(entry.versions),
        snapshots: place(entry.snapshots),
        data: entry.data === undefined ? undefined : resolve(folder, entry.data),
      }),
    ),
  };
}
