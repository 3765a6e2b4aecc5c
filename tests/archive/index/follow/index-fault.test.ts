import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { indexFault } from '../../../../archive/index/follow/index-fault.ts';

/** What SQLite itself throws for a statement. */
function thrownBy(sql: string): unknown {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  database.exec('CREATE TABLE one (text TEXT); CREATE VIRTUAL TABLE words USING fts5 (text)');
  try {
    database.prepare(sql).all();
  } catch (error) {
    return error;
  }
  throw new Error(`Nothing is wrong with: ${sql}`);
}

test.each([
  ['a table that is not there', 'SELECT * FROM other', 'damaged'],
  ['a column that is not there', 'SELECT other FROM one', 'unknown'],
  ['JSON that is none', "SELECT * FROM json_each('[1')", 'unknown'],
  ['a query of words that is none', "SELECT * FROM words WHERE words MATCH '\"a'", 'unknown'],
])('%s', (_what, sql, fault) => {
  expect(indexFault(thrownBy(sql))).toBe(fault);
});
