import type { SourceDocument, Terms } from '../archive/declarations/service.ts';
import type { Snapshot } from '../archive/records/record.ts';
import type { TrackingContext } from './context.ts';
import { FetchError } from './fetch/fetch-error.ts';
import { isTransient } from './fetch/retry.ts';
import type { Failure } from './outcome.ts';
import { cssSelectors } from './selectors.ts';

/** What one check of one source document gave. */
export interface SourceDocumentCheck {
  readonly document: SourceDocument;
  /** Its latest snapshot after the check; undefined where there never was one. */
  readonly snapshot: Snapshot | undefined;
  /** Its bytes, where this check fetched them: a snapshot just recorded cannot be read back before it is on disk. */
  readonly content: Uint8Array | undefined;
  /** A snapshot was recorded by this check. */
  readonly isNew: boolean;
  readonly failure: Failure | undefined;
  /** Resolves once snapshot and ledger entry survive a kill; work that only needs the snapshot's id need not wait. */
  readonly noted: Promise<void>;
}

/** Record id of a document: only combined terms keep several files. */
export const recordedDocumentId = (terms: Terms, document: SourceDocument): string | undefined =>
  terms.sourceDocuments.length > 1 ? document.id : undefined;

/**
 * Fetches one source document, records the snapshot if it changed, and enters the check in the ledger, whatever its
 * outcome. Asks "changed since?" only where the last answer was made from the snapshot that is still the latest.
 *
 * @throws ArchiveError, and the reason of an abort; faults of fetching are in the result.
 */
export async function checkSourceDocument(
  terms: Terms,
  document: SourceDocument,
  context: TrackingContext,
  attempt: number,
): Promise<SourceDocumentCheck> {
  const { serviceId, type: termsType } = terms;
  const { recorder, ledger, fetcher, clock, signal } = context;
  const documentId = recordedDocumentId(terms, document);
  const latest = await recorder.latestSnapshot(serviceId, termsType, documentId);
  const previous = ledger.lastSuccessfulCheck(serviceId, termsType, documentId);
  const isComparable = latest && previous?.snapshotId === latest.id && previous.location === document.location;
  const unfetched = { document, snapshot: latest, content: undefined, isNew: false, noted: Promise.resolve() };
  const started = performance.now();
  const facts = {
    runId: context.runId,
    serviceId,
    termsType,
    documentId,
    location: document.location,
    attempt,
  };
  try {
    const fetched = await fetcher.fetch(
      {
        location: document.location,
        executeClientScripts: document.executeClientScripts,
        select: cssSelectors(document.select),
        ...(isComparable ? { validators: { etag: previous.etag, lastModified: previous.lastModified } } : {}),
      },
      signal,
    );
    const durationMs = Math.round(performance.now() - started);
    if (fetched.kind === 'not-modified') {
      if (!latest) throw new FetchError('server', `${document.location} answered 304 without having been asked for it`);
      ledger.recordCheck({
        ...facts,
        date: fetched.fetchDate,
        outcome: 'not-modified',
        snapshotId: latest.id,
        etag: previous?.etag,
        lastModified: previous?.lastModified,
        durationMs,
      });
      return { ...unfetched, failure: undefined };
    }
    const content = typeof fetched.content === 'string' ? Buffer.from(fetched.content) : fetched.content;
    const { record, isNew, acknowledged } = await recorder.recordSnapshot({
      serviceId,
      termsType,
      documentId,
      mimeType: fetched.mimeType,
      content,
      fetcher: fetched.fetcher,
      location: document.location,
      fetchDate: fetched.fetchDate,
    });
    // In this order: the ledger must never speak of a snapshot that a kill can still undo.
    const noted = acknowledged.then(() =>
      ledger.recordCheck({
        ...facts,
        date: fetched.fetchDate,
        outcome: !isNew ? 'unchanged' : record.isFirstRecord ? 'new' : 'changed',
        snapshotId: record.id,
        fetcher: fetched.fetcher,
        mimeType: fetched.mimeType,
        etag: fetched.validators.etag,
        lastModified: fetched.validators.lastModified,
        durationMs,
      }),
    );
    noted.catch(() => {});
    return { document, snapshot: record, content, isNew, failure: undefined, noted };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FetchError)) throw error;
    const { reason, message } = error;
    ledger.recordCheck({
      ...facts,
      date: clock(),
      outcome: 'failed',
      stage: 'fetch',
      reason,
      message,
      httpStatus: error.status,
      durationMs: Math.round(performance.now() - started),
    });
    const failure: Failure = {
      location: document.location,
      stage: 'fetch',
      reason,
      message,
      isTransient: isTransient(error),
    };
    return { ...unfetched, failure };
  }
}
