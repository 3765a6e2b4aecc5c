import type { CollectionHealth } from '../health/collection-health.ts';
import type { Measure } from './measure.ts';

/** All of them carry the label `collection`. Moments are seconds since 1970. */
export const COLLECTION_MEASURES: readonly Measure<CollectionHealth>[] = [
  ['index_ready', '1 while the index is complete.', ({ index }) => Number(index.activity === 'ready')],
  ['index_failed', '1 while the index cannot be made.', ({ index }) => Number(index.activity === 'failed')],
  ['index_updated_timestamp_seconds', 'When the index last took in records.', ({ index }) => seconds(index.updatedAt)],
  ['index_versions', 'Versions in the index.', ({ index }) => index.versions ?? undefined],
  ['index_snapshots', 'Snapshots in the index.', ({ index }) => index.snapshots ?? undefined],
  [
    'index_versions_without_text',
    'Versions that are not searchable yet.',
    ({ index }) => index.versionsWithoutText ?? undefined,
  ],
  [
    'index_versions_without_analysis',
    'Versions whose change is not judged yet.',
    ({ index }) => index.versionsWithoutAnalysis ?? undefined,
  ],
  [
    'index_judged_anew',
    '1 while changes are judged anew by new rules.',
    ({ index }) => (index.isJudgedAnew === null ? undefined : Number(index.isJudgedAnew)),
  ],
  ['last_run_start_timestamp_seconds', 'Start of the latest run.', ({ lastRun }) => seconds(lastRun?.startedAt)],
  ['last_run_end_timestamp_seconds', 'End of the latest run.', ({ lastRun }) => seconds(lastRun?.endedAt)],
  ['last_run_completed', '1 where the latest run was completed.', ({ lastRun }) => flag(lastRun?.status, 'completed')],
  ['next_run_timestamp_seconds', 'When the schedule is due next.', ({ nextRun }) => seconds(nextRun)],
  ['overdue', '1 while runs or fetches are overdue.', ({ isOverdue }) => Number(isOverdue)],
  ['failing_terms', 'Terms that failed in their latest run.', ({ failingTerms }) => failingTerms ?? undefined],
  ['mirror_fetches', 'Fetches of a mirror since the start.', ({ mirror }) => mirror?.fetches],
  ['mirror_fetch_failures', 'Of these, those that failed.', ({ mirror }) => mirror?.failures],
  [
    'mirror_last_fetch_timestamp_seconds',
    'When a mirror was last fetched.',
    ({ mirror }) => seconds(mirror?.lastFetch),
  ],
];

const seconds = (date: string | null | undefined): number | undefined => (date ? Date.parse(date) / 1000 : undefined);

const flag = (status: string | undefined, wanted: string): number | undefined =>
  status === undefined || status === 'running' ? undefined : Number(status === wanted);
