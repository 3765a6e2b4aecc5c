import type { ParsedMessage } from '../records/message.ts';
import { parseMessage } from '../records/message.ts';
import { type ParsedRecordPath, parseRecordPath } from '../records/path.ts';
import { changedPaths, readCommit } from './changed-paths.ts';
import type { GitRepository } from './repository.ts';
import type { StoredRecord } from './stored-record.ts';
import { readTip, type TipEntry } from './tip.ts';

/** One repository seen as records: the latest of each path from memory, any other by its commit. */
export interface RecordStore {
  /** The file at exactly this path. */
  at(path: string): Promise<StoredRecord | undefined>;
  /** The most recent of all files that hold these terms, whatever their extensions. */
  latest(identity: {
    readonly serviceId: string;
    readonly termsType: string;
    readonly documentId: string | undefined;
  }): Promise<StoredRecord | undefined>;
  /** The record that a commit made; undefined for other commits and unknown ids. */
  byId(id: string): Promise<StoredRecord | undefined>;
  /**
   * Appends a record. It counts as the latest at once; a kill before the next checkpoint takes it back.
   *
   * @throws ArchiveError when it cannot be written.
   */
  append(entry: {
    readonly path: string;
    readonly content: Uint8Array;
    readonly message: string;
    readonly date: Date;
  }): Promise<{ readonly id: string; readonly blob: string }>;
}

interface Entry extends TipEntry {
  readonly path: ParsedRecordPath;
  /** Rank by age: the higher, the later it was written. */
  readonly order: number;
  readonly message?: ParsedMessage | undefined;
}

/** Opens the records of a repository. The history is read with the first look-up. */
export function openRecordStore(repository: GitRepository): RecordStore {
  let loading: Promise<Map<string, Entry[]>> | undefined;
  let order = 0;

  const load = (): Promise<Map<string, Entry[]>> => {
    loading ??= readEntries();
    return loading;
  };

  async function readEntries(): Promise<Map<string, Entry[]>> {
    const { reader, branch, location } = repository;
    const tip = (await reader.object(branch))?.id;
    const entries = new Map<string, Entry[]>();
    if (!tip) return entries;
    // The walk finds the most recent first.
    const found = [...(await readTip(location, tip))].reverse();
    for (const [path, entry] of found) {
      const parsed = parseRecordPath(path);
      if (parsed) put(entries, { ...entry, path: parsed, order: order++ });
    }
    return entries;
  }

  async function asRecord(entry: Entry | undefined): Promise<StoredRecord | undefined> {
    if (!entry) return undefined;
    const message = entry.message ?? (await readMessage(entry.commit));
    return { id: entry.commit, path: entry.path, blob: entry.blob, fetchDate: entry.date, message };
  }

  async function readMessage(commit: string): Promise<ParsedMessage | undefined> {
    return parseMessage((await readCommit(repository.reader, commit))?.message ?? '');
  }

  return {
    async at(path) {
      const parsed = parseRecordPath(path);
      if (!parsed) return undefined;
      return asRecord((await load()).get(key(parsed))?.find((entry) => entry.path.extension === parsed.extension));
    },
    async latest(identity) {
      const entries = (await load()).get(key(identity)) ?? [];
      return asRecord(entries.reduce<Entry | undefined>((a, b) => (a && a.order > b.order ? a : b), undefined));
    },
    async byId(id) {
      if (!/^[0-9a-f]{40}$/.test(id)) return undefined;
      const commit = await readCommit(repository.reader, id);
      const message = commit && parseMessage(commit.message);
      if (!message) return undefined;
      for (const { path, blob } of await changedPaths(repository.reader, commit)) {
        const parsed = parseRecordPath(path);
        if (parsed) return { id, path: parsed, blob, fetchDate: commit.authorDate, message };
      }
      return undefined;
    },
    async append({ path, content, message, date }) {
      const parsed = parseRecordPath(path);
      if (!parsed) throw new RangeError(`${path} is not the path of a record`);
      const entries = await load();
      await repository.workTree.willFallBehind();
      const rank = order++;
      const written = await repository.writer.append({ path, content, message, date });
      put(entries, {
        blob: written.blob,
        commit: written.id,
        date: new Date(Math.floor(date.getTime() / 1000) * 1000),
        path: parsed,
        order: rank,
        message: parseMessage(message),
      });
      return written;
    },
  };
}

function put(entries: Map<string, Entry[]>, entry: Entry): void {
  const others = entries.get(key(entry.path)) ?? [];
  entries.set(key(entry.path), [...others.filter((other) => other.path.extension !== entry.path.extension), entry]);
}

const key = ({ serviceId, termsType, documentId }: Omit<ParsedRecordPath, 'extension'>): string =>
  JSON.stringify([serviceId, termsType, documentId ?? null]);
