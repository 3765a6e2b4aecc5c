import type { Service, SourceDocument, Terms } from '../archive/declarations/service.ts';
import type { Extraction } from '../archive/ledger/extraction.ts';
import type { Snapshot, Version } from '../archive/records/record.ts';
import type { TrackingContext } from './context.ts';
import { ExtractError, type ExtractErrorReason } from './extract/extract-error.ts';
import { extractRequestOf } from './extract/extract-request.ts';
import type { Failure } from './outcome.ts';

/** What decides the result of an extraction. */
export interface ExtractionInputs {
  readonly snapshotIds: readonly string[];
  readonly declarationHash: string;
  readonly rulesVersion: number;
}

export const sameInputs = (a: ExtractionInputs, b: ExtractionInputs): boolean =>
  a.declarationHash === b.declarationHash &&
  a.rulesVersion === b.rulesVersion &&
  a.snapshotIds.join() === b.snapshotIds.join();

/** Reasons that the same snapshot, declaration and rules always give; `unreadable` may be a time limit on a busy machine. */
const isLasting: Record<ExtractErrorReason, boolean> = { 'no-match': true, empty: true, unreadable: false };

/** The failure that an earlier extraction of the same inputs is known to have, or undefined if it has to be tried. */
export function knownFailure(last: Extraction, terms: Terms): Failure | undefined {
  const { failure } = last;
  if (!failure || !isLasting[failure.reason]) return undefined;
  return { ...failure, stage: 'extract', location: terms.sourceDocuments[0]?.location ?? '', isTransient: false };
}

/** One source document of terms to extract: its snapshot and, where they are at hand, the snapshot's bytes. */
export interface Member {
  readonly document: SourceDocument;
  readonly snapshot: Snapshot;
  readonly content?: Uint8Array | undefined;
}

/** The date that a version made from these snapshots carries: that of the newest. */
export const dateOf = (members: readonly Member[]): Date =>
  new Date(Math.max(...members.map(({ snapshot }) => snapshot.fetchDate.getTime())));

/**
 * Ids of the snapshots that the latest version was made from, or was last found to be the text of. What another
 * extraction of them gives differs by our doing; what one of others gives, by the service's. A ledger that does not know
 * the version is older than the archive (adopted, put back from a backup, killed between the two): then the version tells.
 */
export function baselineOf(ledger: TrackingContext['ledger'], version: Version): readonly string[] {
  const last = ledger.lastSuccessfulExtraction(version.serviceId, version.termsType);
  return last?.versionId === version.id ? last.snapshotIds : version.snapshotIds;
}

/** Extracts terms from their snapshots, in the order of the source documents. */
export async function extractTerms(
  service: Service,
  terms: Terms,
  members: readonly Member[],
  context: TrackingContext,
): Promise<{ content: string } | { failure: Failure; noted: Pick<Extraction, 'failure'> }> {
  try {
    const content = await context.extractor.extract(
      {
        members: await Promise.all(
          members.map(async ({ document, snapshot, content }) =>
            extractRequestOf(service, document, {
              content: content ?? (await context.recorder.content(snapshot)),
              mimeType: snapshot.mimeType,
              location: snapshot.location,
              // Today's filter functions, as today's selectors: former ones would give the former text again.
              date: context.clock(),
              collectionDirectory: context.collectionDirectory,
            }),
          ),
        ),
      },
      context.signal,
    );
    return { content };
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof ExtractError)) throw error;
    const { reason, message } = error;
    return {
      failure: {
        location: terms.sourceDocuments[0]?.location ?? '',
        stage: 'extract',
        reason,
        message,
        isTransient: reason === 'unreadable',
      },
      noted: { failure: { reason, message } },
    };
  }
}
