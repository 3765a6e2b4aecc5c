import type { DatabaseSync } from 'node:sqlite';
import type { RecordQueries } from './index-reader.ts';
import { createAnalysisQueries } from './queries/analysis-queries.ts';
import { createMonthQueries } from './queries/month-queries.ts';
import { createNeighbourQueries } from './queries/neighbour-queries.ts';
import { createSnapshotQueries } from './queries/snapshot-queries.ts';
import { createTermsQueries } from './queries/terms-queries.ts';
import { createVersionList } from './queries/version-list.ts';
import { createVersionQueries } from './queries/version-queries.ts';

/** Answers from the records of an open index. Its statements are prepared once. */
export const createRecordQueries = (database: DatabaseSync): RecordQueries => ({
  ...createTermsQueries(database),
  ...createVersionQueries(database),
  ...createVersionList(database),
  ...createNeighbourQueries(database),
  ...createAnalysisQueries(database),
  ...createMonthQueries(database),
  ...createSnapshotQueries(database),
});
