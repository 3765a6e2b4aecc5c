import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createAnalysisQueries } from '../../../../archive/index/queries/analysis-queries.ts';
import { INDEX_TABLES } from '../../../../archive/index/schema.ts';

function reasonsOf(stored: string): readonly unknown[] {
  const database = new DatabaseSync(':memory:');
  database.exec(INDEX_TABLES);
  database.exec('INSERT INTO judging VALUES (0, 1, 1, 7)');
  database.prepare('INSERT INTO analysis_reasons VALUES (0, 7, ?)').run(stored);
  return createAnalysisQueries(database).reasons({ seq: 7 });
}

test.each([
  ['as they were noted', [{ code: 'links' }, { code: 'words', side: 'added', words: 'rope' }], 2],
  ['sentences of an older release: judged anew just now', ['only link targets or pictures'], 0],
  ['a code of a newer release, beside one that is known', [{ code: 'weather' }, { code: 'links' }], 1],
  ['a code that every object has', [{ code: 'toString' }, { code: '__proto__' }], 0],
  ['no list', { code: 'links' }, 0],
])('reasons %s', (_name, stored, left) => {
  const reasons = reasonsOf(JSON.stringify(stored));
  expect(reasons).toHaveLength(left);
  if (Array.isArray(stored)) expect(stored).toEqual(expect.arrayContaining([...reasons]));
});
