import { checkSourceDocument, recordedDocumentId } from './check-source-document.ts';
import type { TrackingContext } from './context.ts';
import { declarationHash } from './declaration-hash.ts';
import { RULES_VERSION } from './extract/rules-version.ts';
import { baselineOf, dateOf, extractTerms, type Member } from './extraction.ts';
import type { Failure, TermsOutcome } from './outcome.ts';
import type { TrackedTerms } from './track.ts';

/**
 * Re-extracts recorded terms where our code or the declaration changed since their last extraction, and records the
 * result as a technical upgrade where it differs. Works on the snapshots that the latest version was made from: one that
 * was recorded since and gave no version (the tracker was stopped in between, the text could not be extracted) holds the
 * service's own change and is left to {@link trackTerms}. In archives adopted from OTA the version names its snapshots;
 * the latest may be months younger (in OTA's demo archive those of 5 of 19 terms hold changes that no version has), and
 * are taken only where the named ones are not there.
 *
 * Fetches only members newly added to a `combine`, as OTA does.
 *
 * @returns undefined where there was nothing to do.
 * @throws ArchiveError and whatever the context's signal was aborted with.
 */
export async function upgradeTerms(
  { service, terms }: TrackedTerms,
  context: TrackingContext,
): Promise<TermsOutcome | undefined> {
  const { serviceId, type: termsType } = terms;
  const { recorder, ledger } = context;
  const latest = await Promise.all(
    terms.sourceDocuments.map(async (document) => ({
      document,
      snapshot: await recorder.latestSnapshot(serviceId, termsType, recordedDocumentId(terms, document)),
    })),
  );
  const version = await recorder.latestVersion(serviceId, termsType);
  if (!version && latest.every(({ snapshot }) => snapshot === undefined)) return undefined;

  const failures: Failure[] = [];
  const members: Member[] = [];
  const last = ledger.lastExtraction(serviceId, termsType);
  const hash = await declarationHash(service, terms);
  if (last && last.declarationHash === hash && last.rulesVersion === RULES_VERSION) return undefined;

  const former = await Promise.all((version ? baselineOf(ledger, version) : []).map((id) => recorder.snapshot(id)));
  for (const { document, snapshot } of latest) {
    const documentId = recordedDocumentId(terms, document);
    const extracted = former.find(
      (one) => one?.serviceId === serviceId && one.termsType === termsType && one.documentId === documentId,
    );
    if (extracted) members.push({ document, snapshot: extracted });
    else if (snapshot) members.push({ document, snapshot });
    else if (terms.sourceDocuments.length > 1) {
      const check = await checkSourceDocument(terms, document, context, 1);
      await check.noted;
      if (check.failure) failures.push(check.failure);
      if (check.snapshot) members.push({ document, snapshot: check.snapshot });
    }
  }
  const failed = (): TermsOutcome => ({ serviceId, termsType, status: 'failed', versionId: undefined, failures });
  if (members.length < latest.length) return failures.length > 0 ? failed() : undefined;

  const inputs = {
    snapshotIds: members.map(({ snapshot }) => snapshot.id),
    declarationHash: hash,
    rulesVersion: RULES_VERSION,
  };
  const extraction = await extractTerms(service, terms, members, context);
  if ('failure' in extraction) {
    const newest = latest.flatMap(({ document, snapshot }): Member[] => (snapshot ? [{ document, snapshot }] : []));
    if (version && newest.length === latest.length && !sameSnapshots(newest, members)) {
      // The declaration was adapted to documents that were rebuilt since: it fits only the snapshots that came after.
      const again = await extractTerms(service, terms, newest, context);
      if ('content' in again && again.content === new TextDecoder().decode(await recorder.content(version))) {
        const snapshotIds = newest.map(({ snapshot }) => snapshot.id);
        const facts = { ...inputs, snapshotIds, versionId: version.id, date: context.clock() };
        ledger.recordExtraction({ serviceId, termsType, ...facts });
        return { serviceId, termsType, status: 'unchanged', versionId: undefined, failures };
      }
    }
    ledger.recordExtraction({ serviceId, termsType, ...inputs, ...extraction.noted, date: context.clock() });
    failures.push(extraction.failure);
    return failed();
  }
  const { record, isNew, acknowledged } = await recorder.recordVersion({
    serviceId,
    termsType,
    content: extraction.content,
    snapshotIds: inputs.snapshotIds,
    fetchDate: dateOf(members),
    isTechnicalUpgrade: version !== undefined,
  });
  await acknowledged;
  ledger.recordExtraction({ serviceId, termsType, ...inputs, versionId: record.id, date: context.clock() });
  return {
    serviceId,
    termsType,
    status: !isNew ? 'unchanged' : record.isFirstRecord ? 'first' : 'upgraded',
    versionId: isNew ? record.id : undefined,
    failures,
  };
}

const sameSnapshots = (a: readonly Member[], b: readonly Member[]): boolean =>
  a.every(({ snapshot }, index) => snapshot.id === b[index]?.snapshot.id);
