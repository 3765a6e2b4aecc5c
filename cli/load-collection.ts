import { loadDeclarations } from '../archive/declarations/load-collection.ts';
import { nearest } from '../archive/declarations/nearest.ts';
import type { Service } from '../archive/declarations/service.ts';
import { loadSettings, type Settings } from './settings.ts';

/** A collection as a command uses it: its services that have no faults in the way, and the settings in force. */
export interface LoadedCollection {
  readonly directory: string;
  readonly services: readonly Service[];
  readonly settings: Settings;
}

/**
 * Loads a collection for work on it. Faulty declarations are left out with a warning each on stderr; the others go on.
 *
 * @throws Error where a setting is wrong or nothing at all is declared.
 */
export async function loadCollection(directory: string, options: object): Promise<LoadedCollection> {
  const { settings, faults: settingFaults } = await loadSettings({ collectionDirectory: directory, options });
  if (settingFaults.length > 0) {
    throw new Error(`Some settings are wrong:\n${settingFaults.map(({ message }) => `  ${message}`).join('\n')}`);
  }
  const { services, faults } = await loadDeclarations(directory);
  for (const { severity, file, path, message } of faults) {
    if (severity === 'fault') process.stderr.write(`warning: ${file} ${path}: ${message}\n`);
  }
  if (services.length === 0) {
    throw new Error(
      `No services are declared in ${directory}. A collection has a folder "declarations" with one JSON file a service; name another with --collection.`,
    );
  }
  return { directory, services, settings };
}

/**
 * The services with these ids, all of them when none are named.
 *
 * @throws Error naming each id or terms type that is not declared, and the nearest that is.
 */
export function selectServices(
  { services }: LoadedCollection,
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
    ),
    ...missing('terms type', types ?? [], declaredTypes),
  ];
  if (unknown.length > 0) throw new Error(unknown.join('\n'));
  return chosen;
}

function missing(kind: string, wanted: readonly string[], known: readonly string[]): string[] {
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => {
      const suggestion = nearest(name, known);
      return `No ${kind} called “${name}” is declared${suggestion ? `. Did you mean “${suggestion}”?` : '.'}`;
    });
}
