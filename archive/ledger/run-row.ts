import { date, integer, json, numbers, oneOf, optionalText, type Row, text } from './row.ts';
import type { Run } from './run.ts';

export const toRun = (row: Row): Run => ({
  id: integer(row, 'id'),
  kind: text(row, 'kind'),
  startedAt: date(row, 'started_at'),
  endedAt: row.ended_at === null ? undefined : date(row, 'ended_at'),
  status: row.status === null ? undefined : oneOf(row, 'status', ['completed', 'interrupted', 'failed']),
  engineVersion: text(row, 'engine_version'),
  services: integer(row, 'services'),
  terms: integer(row, 'terms'),
  schedule: optionalText(row, 'schedule'),
  declarationsCommit: optionalText(row, 'declarations_commit'),
  counts: row.counts === null ? {} : numbers(json(row, 'counts')),
});
