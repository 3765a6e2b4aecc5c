import type { Context } from 'hono';
import type { ReadOnlyLedger } from '../../archive/ledger/ledger.ts';
import { toCheck } from './answers/tracking.ts';
import type { Check, Coverage, FailingTerms } from './contract.ts';
import { answerRows, type Columns } from './export-rows.ts';

type ChecksAsked = Omit<Parameters<ReadOnlyLedger['checksOfTerms']>[0], 'before' | 'limit'>;

const CHECK_COLUMNS: Columns<Check> = {
  date: ({ date }) => date,
  service: ({ serviceId }) => serviceId,
  termsType: ({ termsType }) => termsType,
  document: ({ documentId }) => documentId,
  location: ({ location }) => location,
  outcome: ({ outcome }) => outcome,
  attempt: ({ attempt }) => attempt,
  durationMs: ({ durationMs }) => durationMs,
  snapshotId: ({ snapshotId }) => snapshotId,
  failureStage: ({ failure }) => failure?.stage ?? null,
  failureReason: ({ failure }) => failure?.reason ?? null,
  failureMessage: ({ failure }) => failure?.message ?? null,
  httpStatus: ({ failure }) => failure?.httpStatus ?? null,
};

const ROWS_AT_ONCE = 500;

/** Checks of terms as a file, newest first, read as they are sent. @param ledger undefined: no checks are known here */
export function exportChecks(
  c: Context,
  format: 'csv' | 'jsonl',
  ledger: Pick<ReadOnlyLedger, 'checksOfTerms'> | undefined,
  asked: ChecksAsked,
): Response {
  return answerRows(c, format, 'checks', CHECK_COLUMNS, ledger ? parts(ledger, asked) : [].values());
}

function* parts(ledger: Pick<ReadOnlyLedger, 'checksOfTerms'>, asked: ChecksAsked): Generator<Check[]> {
  let before: number | undefined;
  do {
    const found = ledger.checksOfTerms({ ...asked, before, limit: ROWS_AT_ONCE });
    yield found.map(({ check }) => toCheck(check));
    before = found.length < ROWS_AT_ONCE ? undefined : found.at(-1)?.id;
  } while (before !== undefined);
}

const FAILING_COLUMNS: Columns<FailingTerms & { readonly collection: string }> = {
  collection: ({ collection }) => collection,
  service: ({ serviceId }) => serviceId,
  termsType: ({ termsType }) => termsType,
  since: ({ since }) => since,
  consecutiveFailures: ({ consecutiveFailures }) => consecutiveFailures,
  locations: ({ failures }) => failures.map(({ location }) => location).join(' '),
  stages: ({ failures }) => failures.map(({ stage }) => stage).join(' '),
  reasons: ({ failures }) => failures.map(({ reason }) => reason).join(' '),
  messages: ({ failures }) => failures.map(({ message }) => message).join(' '),
};

/** What fails in a collection, as a file. */
export const exportFailing = (c: Context, format: 'csv' | 'jsonl', { collection, failing }: Coverage): Response =>
  answerRows(c, format, 'failing', FAILING_COLUMNS, [failing.map((one) => ({ collection, ...one }))].values());
