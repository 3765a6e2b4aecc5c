import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { integer } from '../../ledger/row.ts';
import type { RecordQueries } from '../index-reader.ts';
import type { VersionFilter } from '../indexed-record.ts';
import { toVersion, VERSION_COLUMNS } from './version-row.ts';
import { wholeNumber } from './whole-number.ts';

/** Conditions of a statement with their values, in order. */
interface Conditions {
  readonly sql: readonly string[];
  readonly values: readonly SQLInputValue[];
}

/** Lists and counts of versions. Each shape of a filter is one statement; lists go in as JSON, so there are few shapes. */
export function createVersionList(database: DatabaseSync): Pick<RecordQueries, 'versions' | 'countVersions'> {
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
      const isUnfiltered = termsConditions(filter).sql.length === 0 && ownConditions(filter).sql.length === 0;
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
  };
}

/**
 * The places are chosen first, from an index that holds all that a filter asks for; only the rows of this part of the
 * list are then read. So a deep offset costs a walk in the index and no more.
 */
function listStatement(filter: VersionFilter, before: number | undefined) {
  const terms = termsConditions(filter);
  const own = ownConditions(filter);
  const conditions: Conditions = {
    sql: [
      ...(terms.sql.length > 0 ? [`terms IN (SELECT id FROM terms ${where(terms)})`] : []),
      ...own.sql,
      ...(before === undefined ? [] : ['seq < ?']),
    ],
    values: [...terms.values, ...own.values, ...(before === undefined ? [] : [before])],
  };
  const sql = `SELECT ${VERSION_COLUMNS} FROM (
      SELECT seq FROM version ${way(filter, terms)} ${where(conditions)} ORDER BY seq DESC LIMIT ? OFFSET ?) AS chosen
    CROSS JOIN version v ON v.seq = chosen.seq CROSS JOIN terms t ON t.id = v.terms ORDER BY chosen.seq DESC`;
  return { sql, values: conditions.values };
}

/**
 * SQLite knows nothing of how many rows a condition leaves, and would sort all 42,627 for the first hundred (8 ms instead
 * of 0.2). Those of terms are sorted; of all, the rows are walked from the newest on, except for a time in the past.
 */
function way({ until }: VersionFilter, terms: Conditions): string {
  if (terms.sql.length > 0) return 'INDEXED BY version_by_terms';
  return until === undefined ? 'NOT INDEXED' : 'INDEXED BY version_by_date';
}

/** Without dates the counts stand with the terms; with dates they are counted in an index. */
function countStatement(filter: VersionFilter) {
  const terms = termsConditions(filter);
  const own = ownConditions(filter);
  if (filter.since === undefined && filter.until === undefined) {
    return {
      sql: `SELECT ifnull(sum(${countColumns(filter)}), 0) AS versions FROM terms ${where(terms)}`,
      values: terms.values,
    };
  }
  const isOfTerms = terms.sql.length > 0;
  const sql = isOfTerms
    ? `SELECT count(*) AS versions FROM version WHERE terms IN (SELECT id FROM terms ${where(terms)}) AND ${own.sql.join(' AND ')}`
    : `SELECT count(*) AS versions FROM version ${where(own)}`;
  return { sql, values: [...terms.values, ...own.values] };
}

const where = ({ sql }: Conditions): string => (sql.length > 0 ? `WHERE ${sql.join(' AND ')}` : '');

function termsConditions({ serviceId, termsType, services, termsTypes }: VersionFilter): Conditions {
  const conditions: [string, SQLInputValue][] = [];
  if (serviceId !== undefined) conditions.push(['service_id = ?', serviceId]);
  if (termsType !== undefined) conditions.push(['terms_type = ?', termsType]);
  if (services) conditions.push(['service_id IN (SELECT value FROM json_each(?))', JSON.stringify(services)]);
  if (termsTypes) conditions.push(['terms_type IN (SELECT value FROM json_each(?))', JSON.stringify(termsTypes)]);
  return { sql: conditions.map(([sql]) => sql), values: conditions.map(([, value]) => value) };
}

type Choice = 'included' | 'excluded' | 'only';

/** Kinds (of `RECORD_KINDS`) that two choices leave. */
const isKindLeft = (first: Choice, upgrades: Choice) => (kind: number) => {
  if (first === 'only' || upgrades === 'only') {
    return (
      (kind === 0 && first === 'only' && upgrades !== 'only') || (kind === 2 && upgrades === 'only' && first !== 'only')
    );
  }
  return kind === 1 || (kind === 0 ? first : upgrades) === 'included';
};

const kindsOf = ({ firstRecords = 'included', technicalUpgrades = 'included' }: VersionFilter): number[] =>
  [0, 1, 2].filter(isKindLeft(firstRecords, technicalUpgrades));

function ownConditions(filter: VersionFilter): Conditions {
  const { since, until } = filter;
  const kinds = kindsOf(filter);
  const conditions: [string, ...SQLInputValue[]][] = [];
  if (since) conditions.push(['fetch_date >= ?', Math.ceil(since.getTime() / 1000)]);
  if (until) conditions.push(['fetch_date < ?', Math.ceil(until.getTime() / 1000)]);
  if (kinds.length < 3) conditions.push([`kind IN (${kinds.join(', ')})`]);
  return { sql: conditions.map(([sql]) => sql), values: conditions.flatMap(([, ...values]) => values) };
}

const COLUMNS = ['first_records', 'versions - first_records - technical_upgrades', 'technical_upgrades'];

const countColumns = (filter: VersionFilter): string => {
  const kinds = kindsOf(filter);
  if (kinds.length === 3) return 'versions';
  return kinds.map((kind) => `(${COLUMNS[kind]})`).join(' + ') || '0';
};
