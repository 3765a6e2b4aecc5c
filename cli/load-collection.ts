import { collectionRoot, loadDeclarations } from '../archive/declarations/load-collection.ts';
import { nearest } from '../archive/declarations/nearest.ts';
import type { Service } from '../archive/declarations/service.ts';
import { loadSettings, type Settings } from './settings.ts';

/** A collection as a command uses it: its services that have no faults in the way, and the settings in force. */
export interface LoadedCollection {
  readonly directory: string;
  readonly services: readonly Service[];
  /** Ids of the services with faults, which were told; they, or some of their terms, are left out. */
  readonly faulty: readonly string[];
  readonly settings: Settings;
}

/**
 * Loads a collection for work on it. Faulty declarations are left out with a warning each; the others go on.
 *
 * @throws Error where a setting is wrong or nothing at all is declared.
 */
export async function loadCollection(
  directory: string,
  options: object,
  warn: (message: string) => void = (message) => process.stderr.write(`warning: ${message}\n`),
): Promise<LoadedCollection> {
  const { settings, faults: settingFaults } = await loadSettings({ collectionDirectory: directory, options });
  if (settingFaults.length > 0) {
    throw new Error(`Some settings are wrong:\n${settingFaults.map(({ message }) => `  ${message}`).join('\n')}`);
  }
  const { services, faults } = await loadDeclarations(directory);
  for (const { severity, file, path, message } of faults) {
    if (severity === 'fault') warn(`${path === '' ? file : `${file} ${path}`}: ${message}`);
  }
  const faulty = [...new Set(faults.flatMap(({ severity, service }) => (severity === 'fault' && service) || []))];
  if (services.length === 0) {
    throw new Error(
      faulty.length > 0
        ? `No service in ${directory} can be used for the faults above. "clausewatch validate" says what to do about each.`
        : `No services are declared in ${directory}. A collection has a folder "declarations" with one JSON file a service; name another with --collection.`,
    );
  }
  // Also where the folder “declarations” itself was named: filter functions may import what the collection has beside it.
  return { directory: await collectionRoot(directory), services, faulty, settings };
}

/**
 * The services with these ids, all of them when none are named.
 *
 * @throws Error naming each id or terms type that is not declared, and the nearest that is.
 */
export function selectServices(
  { services, faulty }: LoadedCollection,
  ids: readonly string[] | undefined,
  types?: readonly string[] | undefined,
): readonly Service[] {
  const chosen = ids ? services.filter(({ id }) => ids.includes(id)) : services;
  const declaredTypes = [...new Set(chosen.flatMap(({ terms }) => terms.map(({ type }) => type)))];
  const unknown = [
    ...missing(
      'service',
      ids ?? [],
      services.map(({ id }) => id),
      faulty,
    ),
    ...missing('terms type', types ?? [], declaredTypes),
  ];
  if (unknown.length > 0) throw new Error(unknown.join('\n'));
  return chosen;
}

function missing(
  kind: string,
  wanted: readonly string[],
  known: readonly string[],
  faulty: readonly string[] = [],
): string[] {
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => {
      if (faulty.includes(name)) return `“${name}” is declared with faults, told above; "clausewatch validate" helps.`;
      const suggestion = nearest(name, known);
      return `No ${kind} called “${name}” is declared${suggestion ? `. Did you mean “${suggestion}”?` : '.'}`;
    });
}
