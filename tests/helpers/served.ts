import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { CollectionEvent } from '../../archive/collections/collection-event.ts';
import type { ConfiguredCollection } from '../../archive/collections/configured-collection.ts';
import {
  type OpenServedCollections,
  openServedCollections,
} from '../../archive/collections/open-served-collections.ts';
import { openRecords } from '../../archive/git/records-archive.ts';
import { type Ledger, openLedger } from '../../archive/ledger/ledger.ts';
import { type CaughtUpIndex, followOnDemand } from './index-on-demand.ts';
import { SMALL_COLLECTIONS, type TestCollection, type TestRecord } from './small-collections.ts';

/** Collections that are served from real git archives in a temporary folder. */
export interface ServedOfTest extends OpenServedCollections {
  /** Holds a folder for each collection, with `declarations/`, `metadata.yml` and `data/`. */
  readonly directory: string;
  /** What the collections' operator was told, oldest first. */
  readonly events: readonly CollectionEvent[];
  places(collection: string): ConfiguredCollection;
  /** Records versions and waits until the index has them. @returns their ids, in the order given. */
  record(collection: string, records: readonly TestRecord[]): Promise<string[]>;
  /** Throws a collection's index away and builds it anew, as after an update of the program or a lost disk. */
  rebuildIndex(collection: string): Promise<void>;
  /** Writes to a collection's ledger, which is made where there is none. */
  enter(collection: string, entries: (ledger: Ledger) => void): void;
  /** Writes a declaration, or takes it out, and waits until it is taken in. */
  declare(collection: string, serviceId: string, declaration: unknown): Promise<void>;
  /** Writes a file beside the declarations (domains.yml), and waits until it is taken in. */
  writeBeside(collection: string, file: string, text: string): Promise<void>;
}

/** Without anything named: {@link SMALL_COLLECTIONS}. @param lists text of the file of lists. */
export interface ServedOfTestOptions {
  /** false: indexes hold records alone, as they do before the text is taken in. */
  readonly withText?: boolean;
  readonly collections?: readonly TestCollection[];
  readonly lists?: string;
}

/** As {@link openServed}, closed and removed when the test ends. */
export async function servedOfTest(options?: ServedOfTestOptions): Promise<ServedOfTest> {
  const served = await openServed(options);
  onTestFinished(() => served.close());
  return served;
}

/** For several tests together; whoever opens it closes it, which removes the folder. */
export async function openServed({
  collections = SMALL_COLLECTIONS,
  lists,
  withText,
}: ServedOfTestOptions = {}): Promise<ServedOfTest> {
  const directory = await mkdtemp(join(tmpdir(), 'clausewatch-served-'));
  const configured = collections.map((collection) => configure(join(directory, collection.id), collection));
  const listsFile = lists === undefined ? undefined : join(directory, 'lists.yml');
  if (listsFile && lists !== undefined) writeFileSync(listsFile, lists);
  const events: CollectionEvent[] = [];
  const indexes = new Map<string, CaughtUpIndex>();
  if (collections === SMALL_COLLECTIONS) {
    await cp(await smallCollectionsMade(withText), directory, { recursive: true, preserveTimestamps: true });
  } else await writeAll(configured, collections);
  const served = await openServedCollections({
    collections: configured,
    listsFile,
    tell: (event) => events.push(event),
    async follow(places) {
      const index = await followOnDemand(places, withText);
      indexes.set(places.indexFile, index);
      await index.caughtUp();
      return index;
    },
  });
  const places = (id: string): ConfiguredCollection => {
    const found = configured.find((collection) => collection.id === id);
    if (!found) throw new Error(`The test has no collection ${id}`);
    return found;
  };

  return {
    ...served,
    directory,
    events,
    places,
    async record(id, records) {
      const ids = await write(places(id), records);
      await indexes.get(places(id).indexFile)?.caughtUp();
      return ids;
    },
    rebuildIndex: async (id) => indexes.get(places(id).indexFile)?.rebuild(),
    enter(id, entries) {
      const ledger = openLedger(places(id).ledgerFile);
      try {
        entries(ledger);
      } finally {
        ledger.close();
      }
    },
    async declare(id, serviceId, declaration) {
      const file = join(directory, id, 'declarations', `${serviceId}.json`);
      if (declaration === undefined) await rm(file);
      else writeText(file, JSON.stringify(declaration));
      // Twice: what changes is taken in once it has settled.
      await served.look();
      await served.look();
    },
    async writeBeside(id, file, text) {
      writeText(join(directory, id, file), text);
      await served.look();
      await served.look();
    },
    async close() {
      await served.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Git and indexes of {@link SMALL_COLLECTIONS} take half a second to make: once in a run of tests, to be copied. */
async function smallCollectionsMade(withText = true): Promise<string> {
  const made = join(inject('sharedFolder'), withText ? 'small-collections' : 'small-collections-without-text');
  if (existsSync(made)) return made;
  // Several processes may be the first.
  const own = await mkdtemp(`${made}-`);
  const configured = SMALL_COLLECTIONS.map((collection) => configure(join(own, collection.id), collection));
  await writeAll(configured, SMALL_COLLECTIONS);
  for (const places of configured) await (await followOnDemand(places, withText)).close();
  await rename(own, made).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return made;
}

async function writeAll(
  configured: readonly ConfiguredCollection[],
  collections: readonly TestCollection[],
): Promise<void> {
  for (const [place, { records }] of collections.entries()) {
    const at = configured[place];
    if (at && records) await write(at, records);
  }
}

function configure(folder: string, collection: TestCollection): ConfiguredCollection {
  const { id, name, kind = 'tracked', isDefault = false, schedule, declarations, metadata } = collection;
  if (declarations) {
    mkdirSync(join(folder, 'declarations'), { recursive: true });
    for (const [serviceId, declaration] of Object.entries(declarations)) {
      writeText(join(folder, 'declarations', `${serviceId}.json`), JSON.stringify(declaration));
    }
    const text = metadata ?? metadataOf(id, name ?? id);
    if (text !== '') writeText(join(folder, 'metadata.yml'), text);
  }
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  return {
    id,
    name,
    kind,
    isDefault,
    schedule,
    collectionDirectory: declarations ? folder : undefined,
    dataDirectory: data,
    versionsDirectory: join(data, 'versions'),
    snapshotsDirectory: join(data, 'snapshots'),
    ledgerFile: join(data, 'ledger.sqlite'),
    indexFile: join(data, 'index.sqlite'),
    remotes: {},
  };
}

const metadataOf = (id: string, name: string): string =>
  `id: ${id}\nname: ${name}\ntagline: Fictional services of ${name}\nlanguages: [en]\njurisdictions: [EU]\n`;

/** With the program's own writer. Snapshots are kept only where some are given or made. */
async function write(places: ConfiguredCollection, records: readonly TestRecord[]): Promise<string[]> {
  const hadSnapshots = existsSync(places.snapshotsDirectory);
  const archive = await openRecords({
    snapshotsDirectory: places.snapshotsDirectory,
    versionsDirectory: places.versionsDirectory,
    author: { name: 'Test', email: 'test@clausewatch.example' },
    engineVersion: 'clausewatch/test',
    create: true,
    groupDelay: 5,
  });
  const ids: string[] = [];
  for (const { snapshots = [{ content: '' }], ...record } of records) {
    const { serviceId, termsType } = record;
    const fetchDate = new Date(record.date);
    const snapshotIds: string[] = [];
    for (const { documentId, content, mimeType = 'text/html', location } of snapshots) {
      const { record: snapshot } = await archive.recordSnapshot({
        serviceId,
        termsType,
        fetchDate,
        documentId,
        mimeType,
        content: Buffer.from(content === '' ? `<main>${record.content}</main>` : content),
        fetcher: 'htmlOnly',
        location: location ?? 'https://terms.example/',
      });
      snapshotIds.push(snapshot.id);
    }
    const { isTechnicalUpgrade = false, content } = record;
    const version = await archive.recordVersion({
      ...{ serviceId, termsType, fetchDate, snapshotIds, content, isTechnicalUpgrade },
    });
    ids.push(version.record.id);
  }
  await archive.close();
  if (!hadSnapshots && records.every(({ snapshots }) => snapshots?.length === 0)) {
    await rm(places.snapshotsDirectory, { recursive: true, force: true });
  }
  return ids;
}

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
