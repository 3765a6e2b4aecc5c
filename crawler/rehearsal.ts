import { createHash } from 'node:crypto';
import type { Snapshot, Version, VersionDraft } from '../archive/records/record.ts';
import type { TrackingLedger } from './context.ts';
import type { Recorder } from './recorder.ts';
import type { RunOptions } from './run.ts';

/** A version that a real run would have recorded. */
export interface RehearsedVersion {
  readonly draft: VersionDraft;
  /** The latest recorded text; undefined where this would be the first record. */
  readonly before: string | undefined;
}

/** The parts of a run that write, replaced by ones that only remember. */
export interface Rehearsal {
  readonly recorder: Recorder;
  readonly ledger: RunOptions['ledger'];
  readonly versions: readonly RehearsedVersion[];
}

/**
 * Stands between a run and an archive so that the whole run happens and nothing is written: what would have been
 * recorded is answered from memory from then on. Archive and ledger may be absent, as before a first run.
 */
export function createRehearsal(
  archive: Recorder | undefined,
  ledger: Pick<TrackingLedger, 'lastExtraction' | 'lastSuccessfulExtraction' | 'lastSuccessfulCheck'> | undefined,
): Rehearsal {
  const contents = new Map<Snapshot | Version, Uint8Array>();
  const snapshots = new Map<string, Snapshot>();
  const latestVersions = new Map<string, Version>();
  const versions: RehearsedVersion[] = [];
  const key = (...parts: (string | undefined)[]): string => JSON.stringify(parts);
  const acknowledged = Promise.resolve();
  const encoder = new TextEncoder();

  const recorder: Recorder = {
    latestSnapshot: async (serviceId, termsType, documentId) =>
      snapshots.get(key(serviceId, termsType, documentId)) ?? archive?.latestSnapshot(serviceId, termsType, documentId),
    latestVersion: async (serviceId, termsType) =>
      latestVersions.get(key(serviceId, termsType)) ?? archive?.latestVersion(serviceId, termsType),
    snapshot: async (id) => archive?.snapshot(id),
    async content(record) {
      const content = contents.get(record) ?? (await archive?.content(record));
      if (!content) throw new Error(`No content is known of record ${record.id}`);
      return content;
    },
    async recordSnapshot(draft) {
      const { serviceId, termsType, documentId, content } = draft;
      const latest = await recorder.latestSnapshot(serviceId, termsType, documentId);
      if (latest && latest.mimeType === draft.mimeType && isEqual(await recorder.content(latest), content)) {
        return { record: latest, isNew: false, acknowledged };
      }
      const record: Snapshot = { ...draft, id: idOf(content), blob: idOf(content), isFirstRecord: !latest };
      contents.set(record, content);
      snapshots.set(key(serviceId, termsType, documentId), record);
      return { record, isNew: true, acknowledged };
    },
    async recordVersion(draft) {
      const { serviceId, termsType } = draft;
      const latest = await recorder.latestVersion(serviceId, termsType);
      const content = encoder.encode(draft.content);
      const before = latest && (await recorder.content(latest));
      if (latest && before && isEqual(before, content)) return { record: latest, isNew: false, acknowledged };
      const record: Version = { ...draft, id: idOf(content), blob: idOf(content), isFirstRecord: !latest };
      contents.set(record, content);
      latestVersions.set(key(serviceId, termsType), record);
      versions.push({ draft, before: before && new TextDecoder().decode(before) });
      return { record, isNew: true, acknowledged };
    },
  };
  const nothing = (): void => {};
  return {
    recorder,
    versions,
    ledger: {
      lastExtraction: (serviceId, termsType) => ledger?.lastExtraction(serviceId, termsType),
      lastSuccessfulExtraction: (serviceId, termsType) => ledger?.lastSuccessfulExtraction(serviceId, termsType),
      lastSuccessfulCheck: (serviceId, termsType, documentId) =>
        ledger?.lastSuccessfulCheck(serviceId, termsType, documentId),
      recordCheck: nothing,
      recordExtraction: nothing,
      recordTermsOutcome: nothing,
      recordSecondFetch: nothing,
      startRun: () => 0,
      endRun: nothing,
    },
  };
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** An id that cannot be taken for a commit: nothing was committed. */
const idOf = (content: Uint8Array): string => `rehearsed-${createHash('sha256').update(content).digest('hex')}`;
