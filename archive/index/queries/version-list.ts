import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { integer, text } from '../../ledger/row.ts';
import { WITH_ANALYSIS } from '../analysis/analysis-row.ts';
import type { RecordQueries } from '../index-reader.ts';
import type { VersionFilter } from '../indexed-record.ts';
import { hexOf } from '../records/record-table.ts';
import { type AnalysisChoice, analysisChoices } from './analysis-filter.ts';
import { all, type Conditions, conditions, where } from './conditions.ts';
import { kindsOf } from './kinds.ts';
import { toVersion, VERSION_COLUMNS } from './version-row.ts';
import { wholeNumber } from './whole-number.ts';

/** Lists and counts of versions. Each shape of a filter is one statement; lists go in as JSON, so there are few shapes. */
export function createVersionList(
  database: DatabaseSync,
): Pick<RecordQueries, 'versions' | 'countVersions' | 'dayCounts' | 'termsCounts'> {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };

  const highest = (): number => Number(prepared('SELECT max(seq) AS seq FROM version').get()?.seq ?? 0);

  return {
    versions(filter, page) {
      const offset = wholeNumber(page.offset ?? 0);
      const before = page.before === undefined ? undefined : wholeNumber(page.before);
      const isUnfiltered =
        !analysisChoices(filter) && termsConditions(filter).sql.length === 0 && ownConditions(filter).sql.length === 0;
      // Without a filter the places are known: they are numbered without gaps.
      const skipped = isUnfiltered ? offset : 0;
      const from = skipped === 0 ? before : wholeNumber(Math.min(before ?? Infinity, highest() + 1) - skipped);
      const { sql, values } = listStatement(filter, from);
      return prepared(sql)
        .all(...values, wholeNumber(page.limit), offset - skipped)
        .map(toVersion);
    },
    countVersions(filter) {
      const { sql, values } = countStatement(filter);
      return integer(prepared(sql).get(...values) ?? {}, 'versions');
    },
    termsCounts(filter) {
      const { sql, values } = placesOf(filter, conditions());
      return prepared(
        `SELECT t.service_id, t.terms_type, c.versions, l.commit_id, l.fetch_date,
           f.commit_id AS first_id, f.fetch_date AS first_date
         FROM (SELECT v.terms, count(*) AS versions, max(v.seq) AS latest, min(v.seq) AS first FROM (${sql}) AS chosen
           CROSS JOIN version v ON v.seq = chosen.seq GROUP BY v.terms) c
         JOIN terms t ON t.id = c.terms JOIN version l ON l.seq = c.latest
         JOIN version f ON f.seq = c.first ORDER BY t.service_id, t.terms_type`,
      )
        .all(...values)
        .map((row) => ({
          serviceId: text(row, 'service_id'),
          termsType: text(row, 'terms_type'),
          versions: integer(row, 'versions'),
          latestId: hexOf(row.commit_id),
          latestDate: new Date(integer(row, 'fetch_date') * 1000),
          firstId: hexOf(row.first_id),
          firstDate: new Date(integer(row, 'first_date') * 1000),
        }));
    },
    dayCounts(filter) {
      const { sql, values } = placesOf(filter, conditions(), 'fetch_date');
      return prepared(`SELECT fetch_date / 86400 AS day, count(*) AS versions FROM (${sql}) GROUP BY day ORDER BY day`)
        .all(...values)
        .map((row) => ({ day: integer(row, 'day'), versions: integer(row, 'versions') }));
    },
  };
}

/**
 * The places are chosen first, from an index that holds all that a filter asks for; only the rows of this part of the
 * list are then read. So a deep offset costs a walk in the index and no more.
 */
function listStatement(filter: VersionFilter, before: number | undefined): Statement {
  const places = placesOf(filter, conditions(before !== undefined && ['seq < ?', before]));
  const sql = `SELECT ${VERSION_COLUMNS} FROM (${places.sql} ORDER BY seq DESC LIMIT ? OFFSET ?) AS chosen
    CROSS JOIN version v ON v.seq = chosen.seq CROSS JOIN terms t ON t.id = v.terms ${WITH_ANALYSIS}
    ORDER BY chosen.seq DESC`;
  return { sql, values: places.values };
}

interface Statement {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/**
 * Where the versions of a filter stand; without an order.
 *
 * @param column of what is in every index that is walked here
 */
function placesOf(filter: VersionFilter, further: Conditions, column: 'seq' | 'fetch_date' = 'seq'): Statement {
  const terms = termsConditions(filter);
  const ofTerms: Conditions = {
    sql: terms.sql.length > 0 ? [`terms IN (SELECT id FROM terms ${where(terms)})`] : [],
    values: terms.values,
  };
  const isOfTerms = terms.sql.length > 0;
  const choices = analysisChoices(filter);
  if (!choices) {
    const chosen = all(ofTerms, ownConditions(filter), further);
    return { sql: `SELECT ${column} FROM version ${way(filter, isOfTerms)} ${where(chosen)}`, values: chosen.values };
  }
  const parts = choices.map((choice) => {
    const chosen = all(choice.conditions, ofTerms, ownConditions(filter), further);
    return {
      sql: `SELECT ${column} FROM analysis ${wayOfAnalysis(choice, isOfTerms)} ${where(chosen)}`,
      values: chosen.values,
    };
  });
  return { sql: parts.map(({ sql }) => sql).join(' UNION ALL '), values: parts.flatMap(({ values }) => values) };
}

/**
 * SQLite knows nothing of how many rows a condition leaves, and would sort all 42,627 for the first hundred (8 ms instead
 * of 0.2). Those of terms are sorted; of all, the rows are walked from the newest on, except for a time in the past.
 */
function way({ until }: VersionFilter, isOfTerms: boolean): string {
  if (isOfTerms) return 'INDEXED BY version_by_terms';
  return until === undefined ? 'NOT INDEXED' : 'INDEXED BY version_by_date';
}

function wayOfAnalysis({ way: ownWay }: AnalysisChoice, isOfTerms: boolean): string {
  if (ownWay === 'named') return 'NOT INDEXED';
  if (isOfTerms) return 'INDEXED BY analysis_by_terms';
  return ownWay === 'told' ? 'INDEXED BY analysis_told' : 'NOT INDEXED';
}

/** Without dates the counts stand with the terms; with dates or an analysis they are counted in an index. */
function countStatement(filter: VersionFilter): Statement {
  if (filter.since === undefined && filter.until === undefined && !analysisChoices(filter)) {
    const terms = termsConditions(filter);
    return {
      sql: `SELECT ifnull(sum(${countColumns(filter)}), 0) AS versions FROM terms ${where(terms)}`,
      values: terms.values,
    };
  }
  const { sql, values } = placesOf(filter, conditions());
  return { sql: `SELECT count(*) AS versions FROM (${sql})`, values };
}

const termsConditions = ({ serviceId, termsType, services, termsTypes }: VersionFilter): Conditions =>
  conditions(
    serviceId !== undefined && ['service_id = ?', serviceId],
    termsType !== undefined && ['terms_type = ?', termsType],
    services && ['service_id IN (SELECT value FROM json_each(?))', JSON.stringify(services)],
    termsTypes && ['terms_type IN (SELECT value FROM json_each(?))', JSON.stringify(termsTypes)],
  );

function ownConditions(filter: VersionFilter): Conditions {
  const { since, until } = filter;
  const kinds = kindsOf(filter);
  return conditions(
    since && ['fetch_date >= ?', Math.ceil(since.getTime() / 1000)],
    until && ['fetch_date < ?', Math.ceil(until.getTime() / 1000)],
    // An empty list is always false, in which SQLite finds no use for the index that it is told to take.
    kinds.length < 3 && [`kind IN (${kinds.join(', ') || '-1'})`],
  );
}

const COLUMNS = ['first_records', 'versions - first_records - technical_upgrades', 'technical_upgrades'];

const countColumns = (filter: VersionFilter): string => {
  const kinds = kindsOf(filter);
  if (kinds.length === 3) return 'versions';
  return kinds.map((kind) => `(${COLUMNS[kind]})`).join(' + ') || '0';
};
