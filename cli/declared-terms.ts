import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Fault } from '../archive/declarations/fault.ts';
import { termsAt } from '../archive/declarations/history.ts';
import { collectionRoot, loadDeclarations } from '../archive/declarations/load-collection.ts';
import { parseService } from '../archive/declarations/parse-service.ts';
import type { Service, Terms } from '../archive/declarations/service.ts';

export interface Declared {
  readonly service: Service;
  readonly terms: Terms;
  /** Undefined for a declaration outside of a collection. */
  readonly collectionDirectory: string | undefined;
}

export interface Wanted {
  /** Absolute path of the collection's folder. */
  readonly collection: string;
  readonly service: string | undefined;
  /** Absolute path of a service declaration, in place of collection and service. */
  readonly declaration: string | undefined;
  readonly type: string;
  /** Absent: now. */
  readonly at: Date | undefined;
}

/**
 * Finds the declaration of one service's terms.
 *
 * @throws Error that names what is missing, with the faults that were found in the files
 */
export async function findDeclared(wanted: Wanted): Promise<Declared> {
  const { type, at } = wanted;
  const { service, faults, name, collectionDirectory } = await findService(wanted);
  if (service === undefined) throw new Error(`${name} cannot be used.${listOf(faults)}`);
  const terms = at === undefined ? service.terms.find((one) => one.type === type) : termsAt(service, type, at);
  if (terms === undefined) {
    const types = service.terms.map((one) => `“${one.type}”`).join(', ');
    const when = at === undefined ? '' : ` on ${at.toISOString()}`;
    throw new Error(
      `“${service.id}” declares no “${type}”${when}. It declares ${types || 'nothing that can be used'}.${listOf(faults)}`,
    );
  }
  return { service, terms, collectionDirectory };
}

interface Found {
  readonly service: Service | undefined;
  readonly faults: readonly Fault[];
  /** As messages call it. */
  readonly name: string;
  readonly collectionDirectory: string | undefined;
}

async function findService({ collection, service: id, declaration }: Wanted): Promise<Found> {
  if (declaration !== undefined) {
    const directory = dirname(declaration);
    // Inside a collection, history and filters stand beside it.
    if (basename(directory) === 'declarations') {
      return findInCollection(dirname(directory), basename(declaration, '.json'));
    }
    const found = parseService(basename(declaration, '.json'), await readJsonFile(declaration), basename(declaration));
    return { ...found, name: declaration, collectionDirectory: undefined };
  }
  if (id === undefined) throw new Error('Name the service with --service, or give a --declaration.');
  return findInCollection(collection, id);
}

async function findInCollection(directory: string, id: string): Promise<Found> {
  const { services, faults } = await loadDeclarations(directory, { services: [id] });
  const collectionDirectory = await collectionRoot(directory);
  return { service: services[0], faults, name: `The service “${id}” of ${collectionDirectory}`, collectionDirectory };
}

async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new Error(`The declaration ${path} cannot be read. Give a service declaration in JSON.`, { cause });
  }
}

const listOf = (faults: readonly Fault[]): string =>
  faults.map(({ file, path, message, hint }) => `\n  ${file}${path && ` ${path}`}: ${message}. ${hint}`).join('');
