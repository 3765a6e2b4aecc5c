import type { Service, Terms } from '../archive/declarations/service.ts';
import { checkSourceDocument } from './check-source-document.ts';
import type { TrackingContext } from './context.ts';
import { declarationHash } from './declaration-hash.ts';
import { RULES_VERSION } from './extract/rules-version.ts';
import { baselineOf, dateOf, extractTerms, knownFailure, type Member, sameInputs } from './extraction.ts';
import type { Failure, TermsOutcome } from './outcome.ts';

/** Terms with the service that declares them. */
export interface TrackedTerms {
  readonly service: Service;
  readonly terms: Terms;
}

/**
 * Tracks one service's terms of one type once: fetches every source document, records what changed, extracts, and
 * records the version if it changed.
 *
 * A member of combined terms that fails is reported, and does not hold back the version: its latest snapshot stands in
 * for it, so that changes of the other members are seen (OTA blocks the whole version).
 *
 * Extraction is left out where the last one had the same snapshots, declaration and rules: it could only give the same.
 *
 * A change of the text is planned to be fetched a second time, where that is wanted.
 *
 * @throws ArchiveError and whatever `signal` was aborted with; faults of the document are in the outcome.
 */
export async function trackTerms(item: TrackedTerms, context: TrackingContext, attempt: number): Promise<TermsOutcome> {
  const { service, terms } = item;
  const { serviceId, type: termsType } = terms;
  const checks = await Promise.all(
    terms.sourceDocuments.map((document) => checkSourceDocument(terms, document, context, attempt)),
  );
  const failures: Failure[] = checks.flatMap(({ failure }) => failure ?? []);
  const members = checks.flatMap(({ document, snapshot, content }): Member[] =>
    snapshot ? [{ document, snapshot, content }] : [],
  );
  const failed = (): TermsOutcome => ({ serviceId, termsType, status: 'failed', versionId: undefined, failures });
  if (members.length < terms.sourceDocuments.length) return finish(failed());

  const inputs = {
    snapshotIds: members.map(({ snapshot }) => snapshot.id),
    declarationHash: await declarationHash(service, terms),
    rulesVersion: RULES_VERSION,
  };
  const last = context.ledger.lastExtraction(serviceId, termsType);
  if (last && sameInputs(last, inputs)) {
    const known = knownFailure(last, terms);
    if (known) failures.push(known);
    if (known || last.versionId) {
      return finish(
        failures.length > 0
          ? failed()
          : { serviceId, termsType, status: 'unchanged', versionId: undefined, failures: [] },
      );
    }
  }

  const extraction = await extractTerms(service, terms, members, context);
  if ('failure' in extraction) {
    await noted();
    context.ledger.recordExtraction({ serviceId, termsType, ...inputs, ...extraction.noted, date: context.clock() });
    failures.push(extraction.failure);
    return finish(failed());
  }

  const version = await context.recorder.latestVersion(serviceId, termsType);
  const isTechnicalUpgrade =
    version !== undefined && baselineOf(context.ledger, version).join() === inputs.snapshotIds.join();
  const { record, isNew, acknowledged } = await context.recorder.recordVersion({
    serviceId,
    termsType,
    content: extraction.content,
    snapshotIds: inputs.snapshotIds,
    fetchDate: dateOf(members),
    isTechnicalUpgrade,
  });
  await acknowledged;
  context.ledger.recordExtraction({ serviceId, termsType, ...inputs, versionId: record.id, date: context.clock() });
  if (isNew && version && !isTechnicalUpgrade) {
    await context.secondFetches?.plan({ item, former: version, recorded: record, members });
  }
  const status = !isNew ? 'unchanged' : record.isFirstRecord ? 'first' : isTechnicalUpgrade ? 'upgraded' : 'changed';
  return finish({
    serviceId,
    termsType,
    status: failures.length > 0 ? 'failed' : status,
    versionId: isNew ? record.id : undefined,
    failures,
  });

  /** The ledger must never speak of a snapshot that a kill can still undo. */
  async function noted(): Promise<void> {
    await Promise.all(checks.map((check) => check.noted));
  }

  async function finish(outcome: TermsOutcome): Promise<TermsOutcome> {
    await noted();
    context.ledger.recordTermsOutcome({ runId: context.runId, ...outcome, date: context.clock() });
    return outcome;
  }
}
