import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { loadMetadata, type Metadata } from '../declarations/metadata.ts';
import { isRemoteLocation, withoutUserinfo } from '../git/remote-location.ts';
import type { CollectionEntry, Place } from './collection-entry.ts';
import { toCollectionId } from './collection-id.ts';
import { type CollectionsConfiguration, defaultDataDirectory, parseConfiguration } from './configuration.ts';
import type { ConfiguredCollection } from './configured-collection.ts';
import { nameInAddress, withEntry } from './edit-configuration.ts';
import { AddMirrorError, additions, isSamePlace, type MirrorRequest, newEntry } from './mirror-entry.ts';
import { type MirrorOutcome, type RefreshOptions, refreshMirrors } from './refresh-mirrors.ts';
import { settleCollection } from './settle-collection.ts';

/** Begins the names of folders of declarations whose mirror has no id yet. */
const WAITING = '.new-';

const ABANDONED_AFTER = 24 * 3_600_000;

export interface AddedMirror {
  readonly id: string;
  readonly name: string;
  /** false: it was in the configuration before, as it was asked for. */
  readonly isNew: boolean;
  /** Id of the collection in the same folder, which a new configuration begins with; undefined otherwise. */
  readonly ownCollection: string | undefined;
  readonly outcomes: readonly MirrorOutcome[];
}

/**
 * Fetches somebody's records and adds them to the configuration as a collection. What is asked for again is fetched
 * again and changes nothing else; declarations or snapshots may be added to a mirror that has none.
 *
 * @throws AddMirrorError; the error of the records' fetch, which has to succeed once; the signal's reason.
 */
export async function addMirror(request: MirrorRequest, options: RefreshOptions = {}): Promise<AddedMirror> {
  const { file } = request;
  const source = existsSync(file) ? await readFile(file, 'utf8') : undefined;
  const start = source === undefined || source.trim() === '' ? await beginning(file) : { text: source, own: undefined };
  const before = start.text === undefined ? undefined : valid(start.text, file, 'has faults; correct them first');
  const known = before?.collections.find(({ versions }) => isSamePlace(versions, request.versions));
  if (known && request.id !== undefined && request.id !== known.id) {
    throw new AddMirrorError(
      `${withoutUserinfo(request.versions)} is mirrored as “${known.id}” already; leave --id out to fetch it, or change the id in ${file}.`,
    );
  }
  const dataDirectory = before?.dataDirectory ?? defaultDataDirectory(file);
  const waiting = await fetchDeclarations(request, known, dataDirectory, options);
  try {
    const id = known?.id ?? chooseId(request, waiting?.metadata);
    const entered = known ? additions(known, request, file) : newEntry(request, id, before);
    const isComplete = Object.keys(entered).length === 0;
    const text = isComplete && start.text !== undefined ? start.text : withEntry(start.text, id, entered);
    const after = valid(text, file, 'would have faults with this mirror in it; nothing was changed');
    const entry = after.collections.find((candidate) => candidate.id === id);
    if (!entry) throw new AddMirrorError(`${file} has no entry “${id}”.`);
    const collection = settleCollection(entry, after.dataDirectory);
    const outcomes = await fetchAll(collection, waiting, options);
    if (text !== source) await replaceFile(file, text);
    const metadata = collection.collectionDirectory && (await loadMetadata(collection.collectionDirectory)).metadata;
    const name = entry.name ?? (metadata ? metadata.name : id);
    return { id, name, isNew: known === undefined, ownCollection: start.own, outcomes };
  } finally {
    if (waiting?.outcome) await rm(waiting.directory, { recursive: true, force: true });
  }
}

function valid(text: string, file: string, problem: string): CollectionsConfiguration {
  const { configuration, faults } = parseConfiguration(text, file);
  if (configuration) return configuration;
  throw new AddMirrorError(`${file} ${problem}.`, faults);
}

/** A new configuration replaces the one collection of its folder, which therefore becomes its first entry. */
async function beginning(file: string): Promise<{ text: string | undefined; own: string | undefined }> {
  const folder = dirname(file);
  if (!existsSync(join(folder, 'declarations'))) return { text: undefined, own: undefined };
  const { metadata } = await loadMetadata(folder);
  const own = toCollectionId(metadata?.id ?? '') ?? toCollectionId(basename(folder)) ?? 'own';
  return { text: withEntry(undefined, own, { default: true, tracked: true, declarations: '.' }), own };
}

interface FetchedDeclarations {
  /** Holds `declarations.git` and `collection` until the mirror's id, and so its folder, is known. */
  readonly directory: string;
  readonly metadata: Metadata | undefined;
  readonly outcome: MirrorOutcome | undefined;
}

/** Declarations tell the mirror's id, so they are fetched before there is a folder for it. */
async function fetchDeclarations(
  { declarations, versions }: MirrorRequest,
  known: CollectionEntry | undefined,
  dataDirectory: string,
  options: RefreshOptions,
): Promise<FetchedDeclarations | undefined> {
  if (declarations === undefined || known) return undefined;
  if (!isRemoteLocation(declarations)) {
    return { directory: '', metadata: (await loadMetadata(declarations)).metadata, outcome: undefined };
  }
  await removeLeftovers(dataDirectory);
  const directory = join(dataDirectory, `${WAITING}${randomUUID()}`);
  const place = (url: string): Place => ({ kind: 'remote', url });
  const entry: CollectionEntry = {
    ...{ id: 'declarations', name: undefined, isTracked: false, isDefault: false, schedule: undefined },
    ...{ declarations: place(declarations), versions: place(versions), snapshots: undefined, data: directory },
  };
  const settled = settleCollection(entry, dataDirectory);
  const [outcome] = await refreshMirrors([{ ...settled, remotes: { declarations } }], options);
  if (outcome?.error) {
    await rm(directory, { recursive: true, force: true });
    throw outcome.error;
  }
  const { metadata } = await loadMetadata(join(directory, 'collection'));
  return { directory, metadata, outcome };
}

function chooseId({ id, versions }: MirrorRequest, metadata: Metadata | undefined): string {
  const found = id ?? toCollectionId(metadata?.id ?? '') ?? toCollectionId(nameInAddress(versions));
  if (found === undefined) throw new AddMirrorError('Neither metadata nor the address gives an id; add --id.');
  return found;
}

/** Fetches all parts. Without the records there is nothing to serve, so then nothing is added or left behind. */
async function fetchAll(
  collection: ConfiguredCollection,
  waiting: FetchedDeclarations | undefined,
  options: RefreshOptions,
): Promise<readonly MirrorOutcome[]> {
  const { dataDirectory, remotes } = collection;
  const wasThere = existsSync(dataDirectory);
  await mkdir(dataDirectory, { recursive: true });
  const isMoved = waiting?.outcome !== undefined && !existsSync(join(dataDirectory, 'declarations.git'));
  if (isMoved) {
    for (const part of ['declarations.git', 'collection']) {
      await rename(join(waiting.directory, part), join(dataDirectory, part));
    }
  }
  const rest = isMoved ? { ...remotes, declarations: undefined } : remotes;
  try {
    const fetched = await refreshMirrors([{ ...collection, remotes: rest }], options);
    const records = fetched.find(({ part }) => part === 'versions');
    if (records?.error) throw records.error;
    const first = isMoved && waiting.outcome ? [{ ...waiting.outcome, collection: collection.id }] : [];
    return [...first, ...fetched];
  } catch (error) {
    if (!wasThere) await rm(dataDirectory, { recursive: true, force: true });
    throw error;
  }
}

/** As one step, with the permissions that the file had; a new one that holds a password is for its owner alone. */
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const target = await realpath(file).catch(() => file);
  const known = await stat(target).catch(() => undefined);
  const fresh = `${target}.${randomUUID()}.new`;
  await writeFile(fresh, text, { mode: known?.mode ?? (withoutUserinfo(text) === text ? 0o644 : 0o600) });
  await rename(fresh, target);
}

/** What a killed `clausewatch mirror` left. */
async function removeLeftovers(dataDirectory: string): Promise<void> {
  for (const name of await readdir(dataDirectory).catch(() => [])) {
    if (!name.startsWith(WAITING)) continue;
    const path = join(dataDirectory, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > ABANDONED_AFTER) await rm(path, { recursive: true, force: true });
  }
}
