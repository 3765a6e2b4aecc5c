import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { IndexUnavailableError } from '../index/index-error.ts';
import type { CollectionEvent } from './collection-event.ts';
import { isOrAre } from './is-or-are.ts';
import type { ServedCollection, ServiceList } from './served-collection.ts';
import { parseServiceLists, unknownMembers } from './service-lists.ts';
import { type FileMarks, fileMarks, watchFiles } from './watched-files.ts';

/** The named lists as their file is, a few seconds later at most. */
export interface WatchedLists {
  /** Another array whenever the file changed. */
  current(): readonly ServiceList[];
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Loads the lists and follows their file. One with faults leaves the former lists in force, and the faults are told. */
export async function watchLists(
  file: string,
  options: {
    readonly collections: () => readonly ServedCollection[];
    readonly tell: (event: Omit<CollectionEvent, 'collection'>) => void;
    readonly every?: number | undefined;
  },
): Promise<WatchedLists> {
  const { collections, tell, every } = options;
  let current: readonly ServiceList[] = [];
  let isOpen = false;
  const told = new Set<string>();

  async function marksOf(): Promise<FileMarks | undefined> {
    const marks = await fileMarks(dirname(file), (name) => name === basename(file));
    return marks?.size === 0 ? undefined : marks;
  }

  async function take(): Promise<void> {
    const { lists, faults } = parseServiceLists(await readFile(file, 'utf8'), file);
    if (!lists) {
      tell({ kind: 'lists-faulty', message: `${file} has faults; the lists stay as they were.`, faults });
      return;
    }
    current = lists;
    tell({ kind: 'lists-loaded', message: `${isOrAre(lists.length, 'list')} in ${file}.` });
    told.clear();
    warnOfUnknown();
  }

  /** A collection whose index is still being made may have a member yet: it is asked again, until it can say. */
  function warnOfUnknown(): void {
    const known = new Map(collections().map((collection) => [collection.id, servicesOf(collection)]));
    isOpen = current.some(({ members }) => members.some(({ collection }) => known.get(collection) === 'any'));
    const faults = unknownMembers(current, file, (id) => known.get(id)).filter(
      ({ path, message }) => !told.has(`${path} ${message}`),
    );
    if (faults.length === 0) return;
    for (const { path, message } of faults) told.add(`${path} ${message}`);
    const what = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
    tell({ kind: 'lists-unknown', message: `In ${file}, ${what}. It counts as soon as there is one.`, faults });
  }

  const missing = (): void =>
    tell({ kind: 'lists-faulty', message: `${file} is not there; the lists stay as they were until it is.` });
  const onFailed = (error: unknown): void =>
    tell({
      kind: 'lists-faulty',
      message: `${file} cannot be read: ${(error as Error).message}. The lists stay as they were; it is tried again every few seconds.`,
    });
  const watch = await watchFiles({
    marksOf,
    onChange: take,
    onFailed,
    onVanished: missing,
    onAbsent: missing,
    every,
  });
  const look = async (): Promise<void> => {
    await watch.look();
    if (isOpen) warnOfUnknown();
  };
  const again = setInterval(() => {
    try {
      if (isOpen) warnOfUnknown();
    } catch (error) {
      isOpen = false;
      onFailed(error);
    }
  }, every ?? 2_000).unref();
  return {
    current: () => current,
    look,
    async close() {
      clearInterval(again);
      await watch.close();
    },
  };
}

/** Declared today, or with records; `any` where there are no records yet that could tell. */
function servicesOf(collection: ServedCollection): ReadonlySet<string> | 'any' {
  const ids = new Set(collection.services().map(({ id }) => id));
  try {
    const index = collection.index();
    const { updatedAt, versionsTip } = index.state();
    if (updatedAt === undefined || (collection.kind === 'mirrored' && versionsTip === undefined)) return 'any';
    for (const { serviceId } of index.terms()) ids.add(serviceId);
  } catch (error) {
    if (!(error instanceof IndexUnavailableError)) throw error;
    return 'any';
  }
  return ids;
}
