import { createHash } from 'node:crypto';
import { DEFAULT_SNAPSHOT_TEMPLATE, snapshotMessage, versionMessage } from '../records/message.ts';
import { recordPath, VERSION_MIME_TYPE } from '../records/path.ts';
import type { Snapshot, SnapshotDraft, Version, VersionDraft } from '../records/record.ts';
import { ArchiveError } from './archive-error.ts';
import type { Author } from './batch-writer.ts';
import { createGroupCommit } from './group-commit.ts';
import { openRecordStore, type RecordStore } from './record-store.ts';
import { type GitRepository, openRepository } from './repository.ts';
import { asSnapshot, asVersion } from './stored-record.ts';

/** A record that was written or found to be there already. */
export interface Recorded<Kind> {
  readonly record: Kind;
  /** false: the content is that of the record there is, and nothing was written. */
  readonly isNew: boolean;
  /** Resolves once the record survives a kill of the process; rejects with an ArchiveError. */
  readonly acknowledged: Promise<void>;
}

/** Snapshots and versions of a collection. One writer at a time; the caller holds the lock. */
export interface RecordsArchive {
  readonly snapshots: GitRepository;
  readonly versions: GitRepository;
  latestSnapshot(serviceId: string, termsType: string, documentId: string | undefined): Promise<Snapshot | undefined>;
  latestVersion(serviceId: string, termsType: string): Promise<Version | undefined>;
  /** Any snapshot by its commit; undefined where the archive does not hold it. */
  snapshot(id: string): Promise<Snapshot | undefined>;
  /** Any version by its commit; undefined where the archive does not hold it. */
  version(id: string): Promise<Version | undefined>;
  /** @throws ArchiveError where the repository does not hold the record's content. */
  content(record: Snapshot | Version): Promise<Uint8Array>;
  /** @throws ArchiveError when it cannot be written, RangeError for names that make no path. */
  recordSnapshot(draft: SnapshotDraft): Promise<Recorded<Snapshot>>;
  /** As `recordSnapshot`. The version is never acknowledged before the snapshots that it was made from. */
  recordVersion(draft: VersionDraft): Promise<Recorded<Version>>;
  /** Acknowledges now whatever was recorded. */
  flush(): Promise<void>;
  /** Joins what many checkpoints left in the repositories; at the end of a run. */
  maintain(): Promise<void>;
  /**
   * Brings the files beside git up to date where there are any.
   *
   * @returns what is in the way, such as a person's edits, a sentence each; the records are safe.
   */
  updateWorkTrees(): Promise<readonly string[]>;
  /** Flushes, brings work trees up to date, ends git. What `updateWorkTrees` found in the way is told again next time. */
  close(): Promise<void>;
}

export interface RecordsArchiveOptions {
  readonly snapshotsDirectory: string;
  readonly versionsDirectory: string;
  readonly author: Author;
  /** Link from a version to a snapshot, with `%SNAPSHOT_ID` for its commit. */
  readonly snapshotIdentifierTemplate?: string | undefined;
  /** Value of the trailer `X-engine-version`. */
  readonly engineVersion: string;
  /** Makes repositories where there are none. */
  readonly create?: boolean;
  /** false: only looks; nothing in the repositories is changed, not even what a killed process left. */
  readonly write?: boolean;
  /** Most records, and most milliseconds, between two checkpoints. */
  readonly groupSize?: number;
  readonly groupDelay?: number;
}

/**
 * Opens both repositories of a collection for recording, after clearing away what a killed process left.
 *
 * @throws ArchiveError that names the directory and the next step.
 */
export async function openRecords(options: RecordsArchiveOptions): Promise<RecordsArchive> {
  const { author, engineVersion, create = false, write = true, groupSize = 50, groupDelay = 1000 } = options;
  const snapshotTemplate = options.snapshotIdentifierTemplate ?? DEFAULT_SNAPSHOT_TEMPLATE;
  const [snapshots, versions] = await openBoth([options.snapshotsDirectory, options.versionsDirectory]);
  const storedSnapshots = openRecordStore(snapshots);
  const storedVersions = openRecordStore(versions);
  const recording = new Map<string, Promise<unknown>>();
  /** Acknowledgements to come, by the record's commit. */
  const waiting = new Map<string, Promise<void>>();
  /** Held while a group is checkpointed: a version added meanwhile would reach disk before its snapshots. */
  let versionsMayFollow: Promise<unknown> = Promise.resolve();

  const group = createGroupCommit({
    size: groupSize,
    delay: groupDelay,
    checkpoint() {
      const done = appendingVersions().then(async () => {
        await snapshots.writer.checkpoint();
        await versions.writer.checkpoint();
      });
      versionsMayFollow = done.catch(() => {});
      return done;
    },
  });
  const appending = new Set<Promise<unknown>>();
  const appendingVersions = async (): Promise<void> => {
    await Promise.allSettled(appending);
  };

  /** One after the other for the same path, so that "unchanged" is decided against what was written last. */
  function inTurn<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
    const result = (recording.get(path) ?? Promise.resolve()).catch(() => {}).then(work);
    recording.set(path, result);
    void result
      .catch(() => {})
      .then(() => {
        if (recording.get(path) === result) recording.delete(path);
      });
    return result;
  }

  const archive: RecordsArchive = {
    snapshots,
    versions,
    async latestSnapshot(serviceId, termsType, documentId) {
      return asSnapshot(await storedSnapshots.latest({ serviceId, termsType, documentId }));
    },
    async latestVersion(serviceId, termsType) {
      return asVersion(await storedVersions.latest({ serviceId, termsType, documentId: undefined }));
    },
    snapshot: async (id) => asSnapshot(await storedSnapshots.byId(id)),
    version: async (id) => asVersion(await storedVersions.byId(id)),
    async content(record) {
      const { reader, location } = 'mimeType' in record ? snapshots : versions;
      const content = await reader.read(record.blob);
      if (!content) {
        throw new ArchiveError(
          `${location.directory} does not hold the content of record ${record.id} (blob ${record.blob}); check it with git fsck and restore it from a backup`,
          { directory: location.directory },
        );
      }
      return content;
    },
    recordSnapshot(draft) {
      const path = recordPath(draft);
      return inTurn(`snapshot ${path}`, async () => {
        // As Open Terms Archive: the file of a former MIME type stays, and unchanged means unchanged at its own path.
        const known = asSnapshot(await storedSnapshots.at(path));
        if (known && known.blob === blobId(draft.content)) return existing(known);
        const isFirstRecord = !(await storedSnapshots.latest({ ...draft }));
        const written = await storedSnapshots.append({
          path,
          content: draft.content,
          message: snapshotMessage(draft, { isFirstRecord, engineVersion }),
          date: draft.fetchDate,
        });
        const { serviceId, termsType, documentId, mimeType, location } = draft;
        const fetchDate = wholeSeconds(draft.fetchDate);
        const record = { ...written, serviceId, termsType, documentId, mimeType, location, fetchDate, isFirstRecord };
        return added(record);
      });
    },
    recordVersion(draft) {
      const path = recordPath({ ...draft, mimeType: VERSION_MIME_TYPE });
      const content = Buffer.from(draft.content, 'utf8');
      return inTurn(`version ${path}`, async () => {
        const known = asVersion(await storedVersions.at(path));
        if (known && known.blob === blobId(content)) return existing(known);
        const isFirstRecord = !known;
        for (let gate: Promise<unknown> | undefined; gate !== versionsMayFollow; ) {
          gate = versionsMayFollow;
          await gate;
        }
        const written = await following({
          path,
          content,
          message: versionMessage(draft, { isFirstRecord, engineVersion, snapshotTemplate }),
          date: draft.fetchDate,
        });
        const { serviceId, termsType, snapshotIds, isTechnicalUpgrade } = draft;
        const fetchDate = wholeSeconds(draft.fetchDate);
        const record = { ...written, serviceId, termsType, snapshotIds, isTechnicalUpgrade, fetchDate, isFirstRecord };
        return added(record);
      });
    },
    flush: () => group.flush(),
    async maintain() {
      await group.flush();
      await snapshots.maintain();
      await versions.maintain();
    },
    async updateWorkTrees() {
      await group.flush();
      const inTheWay: string[] = [];
      for (const { workTree } of [snapshots, versions]) {
        await workTree.catchUp().catch((error: unknown) => {
          if (!(error instanceof ArchiveError)) throw error;
          inTheWay.push(error.message);
        });
      }
      return inTheWay;
    },
    async close() {
      try {
        if (write) await archive.updateWorkTrees();
      } finally {
        await snapshots.close().finally(() => versions.close());
      }
    },
  };
  return archive;

  /** Both or none. */
  async function openBoth(directories: readonly [string, string]): Promise<[GitRepository, GitRepository]> {
    const [first, second] = await Promise.allSettled([
      openRepository(directories[0], { create, write, author }),
      openRepository(directories[1], { create, write, author }),
    ]);
    if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
    for (const opened of [first, second]) if (opened.status === 'fulfilled') await opened.value.close();
    throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
  }

  function following(entry: Parameters<RecordStore['append']>[0]): ReturnType<RecordStore['append']> {
    const written = storedVersions.append(entry);
    appending.add(written);
    void written.catch(() => {}).then(() => appending.delete(written));
    return written;
  }

  function added<Kind extends Snapshot | Version>(record: Kind): Recorded<Kind> {
    const acknowledged = group.add();
    waiting.set(record.id, acknowledged);
    acknowledged.then(
      () => waiting.delete(record.id),
      () => {},
    );
    return { record, isNew: true, acknowledged };
  }

  /** A record that waits for its checkpoint is found like any other; whoever finds it waits for the same checkpoint. */
  function existing<Kind extends Snapshot | Version>(record: Kind): Recorded<Kind> {
    return { record, isNew: false, acknowledged: waiting.get(record.id) ?? Promise.resolve() };
  }
}

/** git's name for a content, which tells "unchanged" without reading the former one. */
function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);
