import type { Check } from './check.ts';
import { date, integer, oneOf, optionalInteger, optionalText, type Row, text } from './row.ts';

/** Columns that {@link toCheck} reads, of checks `c`, source documents `d` and terms `t`. */
export const CHECK_COLUMNS = 'c.*, t.service_id, t.terms_type, d.document_id, d.location';

export function toCheck(row: Row): Check {
  const facts = {
    runId: integer(row, 'run'),
    serviceId: text(row, 'service_id'),
    termsType: text(row, 'terms_type'),
    documentId: optionalText(row, 'document_id'),
    location: text(row, 'location'),
    date: date(row, 'checked_at'),
    attempt: integer(row, 'attempt'),
    durationMs: integer(row, 'duration_ms'),
  };
  const outcome = oneOf(row, 'outcome', ['new', 'changed', 'unchanged', 'not-modified', 'failed']);
  if (outcome === 'failed') {
    return {
      ...facts,
      outcome,
      stage: oneOf(row, 'stage', ['fetch', 'extract', 'internal']),
      reason: text(row, 'reason'),
      message: text(row, 'message'),
      httpStatus: optionalInteger(row, 'http_status'),
    };
  }
  return {
    ...facts,
    outcome,
    snapshotId: text(row, 'snapshot_id'),
    fetcher: row.fetcher === null ? undefined : oneOf(row, 'fetcher', ['htmlOnly', 'fullDom']),
    mimeType: optionalText(row, 'mime_type'),
    etag: optionalText(row, 'etag'),
    lastModified: optionalText(row, 'last_modified'),
  };
}
