import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { TextQuery } from '../clause.ts';
import type { Sql } from './matches.ts';

const SIDE = '(SELECT side FROM judging WHERE is_served = 1)';
const LIST = '(SELECT value FROM json_each(?))';

/** Ids of the terms that a query is about; undefined: of all. */
export function termsOfQuery(database: DatabaseSync, query: Omit<TextQuery, 'limit'>): number[] | undefined {
  const { serviceId, termsType, services, termsTypes, languages } = query;
  const conditions: string[] = [];
  const parameters: string[] = [];
  const add = (sql: string, value: string | undefined): void => {
    if (value === undefined) return;
    conditions.push(sql);
    parameters.push(value);
  };
  add('service_id = ?', serviceId);
  add('terms_type = ?', termsType);
  add('service_id IN (SELECT value FROM json_each(?))', services && JSON.stringify(services));
  add('terms_type IN (SELECT value FROM json_each(?))', termsTypes && JSON.stringify(termsTypes));
  // Looked up for each wording, the language of its own change would take seconds for words that are everywhere.
  add(
    `id IN (SELECT terms FROM (SELECT terms, language, max(seq) FROM analysis
       WHERE side = ${SIDE} AND language IS NOT NULL GROUP BY terms) WHERE language IN ${LIST})`,
    languages && JSON.stringify(languages),
  );
  if (conditions.length === 0) return undefined;
  const rows = database.prepare(`SELECT id FROM terms WHERE ${conditions.join(' AND ')}`).all(...parameters);
  return rows.map(({ id }) => Number(id));
}

/** What a query asks of standings `s`, as conditions that begin with AND; empty where it asks nothing. */
export function standingFilter(query: TextQuery, terms: readonly number[] | undefined): Sql {
  const { state = 'any', since, until } = query;
  const conditions: string[] = [];
  const parameters: SQLInputValue[] = [];
  if (terms) {
    // The plus keeps SQLite from looking up each block once for each of the terms.
    conditions.push('+s.terms IN (SELECT value FROM json_each(?))');
    parameters.push(JSON.stringify(terms));
  }
  // What goes on under a new name of the service is found there; its life includes what was before.
  const successor = terms ? '+n.terms IN (SELECT value FROM json_each(?)) AND' : '';
  conditions.push(
    `NOT (s.terms IN (SELECT formerly FROM terms WHERE formerly IS NOT NULL) AND s.until_seq IS NOT NULL AND EXISTS (
       SELECT 1 FROM standing n WHERE n.block = s.block AND ${successor} n.terms <> s.terms AND n.clause = s.clause
         AND n.first_seq = s.until_seq))`,
  );
  if (terms) parameters.push(JSON.stringify(terms));
  if (state !== 'any') conditions.push(`s.until_seq IS ${state === 'removed' ? 'NOT NULL' : 'NULL'}`);
  if (since || until) {
    // Exactly: an absence that covers the whole time is none of standing.
    conditions.push(
      `EXISTS (SELECT 1 FROM json_each(s.spans) span JOIN version a ON a.seq = span.value ->> 0
         LEFT JOIN version b ON b.seq = span.value ->> 1
         WHERE a.fetch_date < ? AND (b.seq IS NULL OR b.fetch_date > ?))`,
    );
    parameters.push(seconds(until) ?? Number.MAX_SAFE_INTEGER, seconds(since) ?? Number.MIN_SAFE_INTEGER);
  }
  for (const judged of judgedConditions(query)) {
    conditions.push(judged.sql);
    parameters.push(...judged.parameters);
  }
  return { sql: conditions.map((condition) => ` AND ${condition}`).join(''), parameters };
}

/** What is asked of the changes that brought or removed a wording. */
function judgedConditions({ classes, topics }: TextQuery): Sql[] {
  const change = [
    classes && { sql: `c.class IN ${LIST}`, parameters: [JSON.stringify(classes)] },
    topics && {
      sql: `EXISTS (SELECT 1 FROM analysis_topic p WHERE p.side = c.side AND p.seq = c.seq AND p.topic IN ${LIST})`,
      parameters: [JSON.stringify(topics)],
    },
  ].filter((condition) => condition !== undefined);
  const ofChange = {
    sql: `EXISTS (SELECT 1 FROM analysis c WHERE c.side = ${SIDE} AND c.seq IN (s.first_seq, s.until_seq)${change.map(({ sql }) => ` AND ${sql}`).join('')})`,
    parameters: change.flatMap(({ parameters }) => parameters),
  };
  return change.length > 0 ? [ofChange] : [];
}

const seconds = (date: Date | undefined): number | undefined => (date ? date.getTime() / 1000 : undefined);
