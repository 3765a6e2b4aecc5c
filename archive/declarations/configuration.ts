import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, isObject, kindOf, memberPath, reportTo } from './fault.ts';
import { readJson } from './json-file.ts';

const ROOT_KEY = '@opentermsarchive/engine';

/** One value of a collection's configuration. */
export interface ConfigurationValue {
  /** A scalar, an array, or an empty object; objects are told apart by their keys. */
  readonly value: unknown;
  /** The file that it comes from, relative to the collection. */
  readonly file: string;
}

/** Path below `@opentermsarchive/engine`, such as `recorder.versions.storage.git.path`, → value. */
export type Configuration = ReadonlyMap<string, ConfigurationValue>;

/**
 * Reads a collection's `config/*.json` and merges them as node-config does: `default`, then the environment's, then
 * `local`, then the environment's local one. Objects are merged, everything else is replaced.
 *
 * @param environment what NODE_ENV names.
 */
export async function loadConfiguration(
  collectionDirectory: string,
  environment = 'production',
): Promise<{ configuration: Configuration; faults: Fault[] }> {
  const faults: Fault[] = [];
  const configuration = new Map<string, ConfigurationValue>();
  const folder = join(collectionDirectory, 'config');
  const present = await readdir(folder).catch((): string[] => []);
  for (const name of ['default', environment, 'local', `local-${environment}`]) {
    const file = `config/${name}.json`;
    if (!present.includes(`${name}.json`)) continue;
    const report = reportTo(faults, undefined, file);
    const json = await readFile(join(collectionDirectory, file), 'utf8').then(
      (text) => readJson(text, report),
      (error: Error) => report('', `cannot be read: ${error.message}`, 'Correct its permissions.'),
    );
    if (json === undefined) continue;
    const root = isObject(json) ? (json[ROOT_KEY] ?? {}) : json;
    const path = isObject(json) ? memberPath('', ROOT_KEY) : '';
    if (!isObject(root)) report(path, `is ${kindOf(root)}; expected an object`, `Write {"${ROOT_KEY}": {…}}.`);
    else merge(configuration, '', root, file);
  }
  return { configuration, faults };
}

function merge(into: Map<string, ConfigurationValue>, path: string, value: unknown, file: string): void {
  const isNested = isObject(value) && Object.keys(value).length > 0;
  if (isNested) {
    into.delete(path);
    for (const [key, member] of Object.entries(value)) merge(into, memberPath(path, key), member, file);
    return;
  }
  const below = [...into.keys()].filter((key) => key.startsWith(`${path}.`) || key.startsWith(`${path}[`));
  // An empty object adds nothing to what is there.
  if (isObject(value) && (path === '' || below.length > 0)) return;
  for (const key of below) into.delete(key);
  into.set(path, { value, file });
}
