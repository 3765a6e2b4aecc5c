import type { Fault } from '../declarations/fault.ts';
import { bareLocation, withoutUserinfo } from '../git/remote-location.ts';
import type { CollectionEntry, Place } from './collection-entry.ts';
import type { CollectionsConfiguration } from './configuration.ts';
import type { NewEntry } from './edit-configuration.ts';

/** A mirror to be added. Locations are for git, or absolute paths: those of records as `file:///`. */
export interface MirrorRequest {
  /** Of the configuration; made where there is none. */
  readonly file: string;
  readonly versions: string;
  readonly snapshots?: string | undefined;
  readonly declarations?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly schedule?: string | undefined;
}

/** The mirror cannot be added as asked for. The configuration is as it was. */
export class AddMirrorError extends Error {
  override readonly name = 'AddMirrorError';
  /** Of the configuration file, before or after. */
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[] = []) {
    super(message);
    this.faults = faults;
  }
}

/** @throws AddMirrorError where the id is another's. */
export function newEntry(request: MirrorRequest, id: string, before: CollectionsConfiguration | undefined): NewEntry {
  const taken = before?.collections.find((entry) => entry.id === id);
  if (taken) {
    const what = taken.versions?.kind === 'remote' ? `the mirror of ${withoutUserinfo(taken.versions.url)}` : 'taken';
    throw new AddMirrorError(`The id “${id}” is ${what} already; give this mirror another with --id.`);
  }
  const { name, declarations, versions, snapshots, schedule } = request;
  return { name, declarations, versions, snapshots, schedule };
}

/**
 * What a request adds to the entry of the same records.
 *
 * @throws AddMirrorError where it contradicts the entry: that is for a person to decide.
 */
export function additions(known: CollectionEntry, request: MirrorRequest, file: string): NewEntry {
  const added: { -readonly [Key in keyof NewEntry]: NewEntry[Key] } = {};
  for (const key of ['declarations', 'snapshots'] as const) {
    const asked = request[key];
    if (asked === undefined || isSamePlace(known[key], asked)) continue;
    if (known[key]) throw contradiction(known.id, key, file);
    added[key] = asked;
  }
  for (const key of ['name', 'schedule'] as const) {
    const asked = request[key];
    if (asked === undefined || known[key] === asked) continue;
    if (known[key] !== undefined) throw contradiction(known.id, key, file);
    added[key] = asked;
  }
  return added;
}

const contradiction = (id: string, key: string, file: string): AddMirrorError =>
  new AddMirrorError(`“${id}” has other ${key} in the configuration; change them in ${file}, or leave --${key} out.`);

export const isSamePlace = (place: Place | undefined, asked: string): boolean =>
  place !== undefined && bareLocation(place.kind === 'remote' ? place.url : place.path) === bareLocation(asked);
