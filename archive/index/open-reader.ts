import type { IndexReader, RecordQueries, TextQueries } from './index-reader.ts';
import { namingIndex, openIndexForReading } from './open-index.ts';
import { openReadTransaction } from './read-transaction.ts';
import { createRecordQueries } from './record-queries.ts';
import { createTextQueries, type TextQueriesOptions } from './text/text-queries.ts';

/**
 * Opens the index of a collection for reading. It sees what its writer commits, and never waits for it.
 *
 * @throws IndexUnavailableError where there is none, none with records yet, or one that cannot be read. Every method of
 *   the reader throws it as well, when the file turns out to be damaged.
 */
export function openIndexReader(file: string, options: TextQueriesOptions = {}): IndexReader {
  const database = openIndexForReading(file);
  try {
    const { queries, inOneState } = namingIndex(file, () => ({
      queries: { ...createRecordQueries(database), ...createTextQueries(database, options) },
      inOneState: openReadTransaction(database),
    }));
    return named(file, { ...queries, ...answersOfSeveral(queries, inOneState), close: () => database.close() });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The answers for which several statements are asked that have to fit together. */
function answersOfSeveral(
  queries: RecordQueries & TextQueries,
  inOneState: ReturnType<typeof openReadTransaction>,
): Partial<RecordQueries & TextQueries> {
  return {
    versions: (filter, page) =>
      page.offset ? inOneState(() => queries.versions(filter, page)) : queries.versions(filter, page),
    neighbours: (version) => inOneState(() => queries.neighbours(version)),
    search: (query) => inOneState(() => queries.search(query)),
    passageHistory: (...passage) => inOneState(() => queries.passageHistory(...passage)),
    clause: (clauseId) => inOneState(() => queries.clause(clauseId)),
    mentions: (query) => inOneState(() => queries.mentions(query)),
  };
}

/** The reader with errors that name its file. */
function named(file: string, reader: IndexReader): IndexReader {
  return {
    state: () => namingIndex(file, () => reader.state()),
    terms: (...args) => namingIndex(file, () => reader.terms(...args)),
    versionById: (...args) => namingIndex(file, () => reader.versionById(...args)),
    versionsOfCommit: (...args) => namingIndex(file, () => reader.versionsOfCommit(...args)),
    versions: (...args) => namingIndex(file, () => reader.versions(...args)),
    countVersions: (...args) => namingIndex(file, () => reader.countVersions(...args)),
    termsCounts: (...args) => namingIndex(file, () => reader.termsCounts(...args)),
    dayCounts: (...args) => namingIndex(file, () => reader.dayCounts(...args)),
    versionAt: (...args) => namingIndex(file, () => reader.versionAt(...args)),
    firstVersion: (...args) => namingIndex(file, () => reader.firstVersion(...args)),
    latestVersion: (...args) => namingIndex(file, () => reader.latestVersion(...args)),
    versionBefore: (...args) => namingIndex(file, () => reader.versionBefore(...args)),
    neighbours: (...args) => namingIndex(file, () => reader.neighbours(...args)),
    reasons: (...args) => namingIndex(file, () => reader.reasons(...args)),
    analysisCounts: () => namingIndex(file, () => reader.analysisCounts()),
    monthCounts: (...args) => namingIndex(file, () => reader.monthCounts(...args)),
    recordedMonths: () => namingIndex(file, () => reader.recordedMonths()),
    snapshotById: (...args) => namingIndex(file, () => reader.snapshotById(...args)),
    snapshots: (...args) => namingIndex(file, () => reader.snapshots(...args)),
    search: (...args) => namingIndex(file, () => reader.search(...args)),
    passageHistory: (...args) => namingIndex(file, () => reader.passageHistory(...args)),
    clause: (...args) => namingIndex(file, () => reader.clause(...args)),
    mentions: (...args) => namingIndex(file, () => reader.mentions(...args)),
    changedWording: (...args) => namingIndex(file, () => reader.changedWording(...args)),
    close: () => reader.close(),
  };
}
