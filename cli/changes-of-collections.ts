import { reasonSentence } from '../archive/changes/analysis/reason-sentence.ts';
import { type AlertNote, createAlertOverlay } from '../archive/collections/alert-overlay.ts';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { catchUpIndex } from '../archive/index/follow/catch-up-index.ts';
import type { IndexReader } from '../archive/index/index-reader.ts';
import type { IndexedVersion, VersionFilter } from '../archive/index/indexed-record.ts';
import { openIndexReader } from '../archive/index/open-reader.ts';
import { openLateLedger } from '../archive/ledger/late-ledger.ts';
import { recordPath, VERSION_MIME_TYPE } from '../archive/records/path.ts';
import type { PrintedChange } from './change-text.ts';
import { createIndexProgress } from './index-progress.ts';

/** A change of a collection's terms, judged, as the command prints it. */
export interface ListedChange extends PrintedChange {
  readonly collection: string;
  readonly serviceId: string;
  readonly termsType: string;
  /** What the ledger adds, apart and dated; null for mirrors and where it adds nothing. */
  readonly note: { readonly kind: AlertNote['kind']; readonly date: string } | null;
}

/** An index that is up to date, its overlay, and how to end both. */
export interface OpenCollection {
  readonly collection: ConfiguredCollection;
  readonly reader: IndexReader;
  readonly overlay: ReturnType<typeof createAlertOverlay>;
  close(): void;
}

const AT_ONCE = 500;

/**
 * Brings a collection's index up to date, with bars on a terminal, and opens it.
 *
 * @param warn told of what cannot be read, in plain words.
 * @throws IndexUnavailableError, ArchiveError; the signal's reason.
 */
export async function openForChanges(
  collection: ConfiguredCollection,
  { signal, warn }: { readonly signal: AbortSignal; readonly warn: (message: string) => void },
): Promise<OpenCollection> {
  const { versionsDirectory, snapshotsDirectory, indexFile, ledgerFile, kind } = collection;
  const progress = createIndexProgress();
  try {
    await catchUpIndex({
      versionsDirectory,
      snapshotsDirectory,
      indexFile,
      signal,
      command: 'changes',
      onProgress: progress.show,
      onProblem: warn,
    });
  } finally {
    progress.stop();
  }
  const reader = openIndexReader(indexFile);
  const ledger =
    kind === 'tracked'
      ? openLateLedger(ledgerFile, { onProblem: (error) => warn((error as Error).message) })
      : undefined;
  const { versionsWithoutAnalysis } = reader.state();
  if (versionsWithoutAnalysis > 0) {
    warn(`${versionsWithoutAnalysis} versions are not judged yet: the server that keeps the index is still at it`);
  }
  return {
    collection,
    reader,
    overlay: createAlertOverlay({ index: () => reader, ledger: () => ledger?.current() }),
    close() {
      ledger?.close();
      reader.close();
    },
  };
}

/** A collection's changes that match, newest first. */
export function* changesOf(open: OpenCollection, filter: VersionFilter): Generator<ListedChange> {
  const { reader, overlay } = open;
  const whole: VersionFilter = {
    firstRecords: 'excluded',
    ...filter,
    ...(filter.alerts && { raised: overlay.raised(), lowered: overlay.lowered() }),
  };
  for (let before: number | undefined; ; ) {
    const versions = reader.versions(whole, { limit: AT_ONCE, before });
    for (const version of versions) {
      const change = toListedChange(open, version);
      if (change) yield change;
    }
    before = versions.at(-1)?.seq;
    if (versions.length < AT_ONCE) return;
  }
}

/** undefined for what is no change: a first record, a version that is not judged yet. */
export function toListedChange(
  { collection, reader, overlay }: OpenCollection,
  version: IndexedVersion,
): ListedChange | undefined {
  if (!version.analysis) return undefined;
  const { id, serviceId, termsType, fetchDate, isTechnicalUpgrade } = version;
  const note = overlay.note(version);
  return {
    collection: collection.id,
    serviceId,
    termsType,
    commit: id,
    path: recordPath({ serviceId, termsType, mimeType: VERSION_MIME_TYPE }),
    date: fetchDate.toISOString(),
    technicalUpgrade: isTechnicalUpgrade,
    ...version.analysis,
    note: note ? { kind: note.kind, date: note.date.toISOString() } : null,
    reasons: reader.reasons(version).map(reasonSentence),
  };
}
