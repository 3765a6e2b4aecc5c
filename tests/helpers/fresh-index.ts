import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { updateIndex } from '../../archive/index/update-index.ts';
import { git } from './repository.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** What an index says, without the numbers that it happened to give to terms, blocks and clauses. */
const QUESTIONS = {
  records: `SELECT v.seq, hex(v.commit_id), t.service_id, t.terms_type, hex(v.blob), v.fetch_date, v.kind, v.subject,
      hex(v.snapshots), v.additions, v.deletions FROM version v JOIN terms t ON t.id = v.terms ORDER BY v.seq`,
  snapshots: `SELECT s.seq, hex(s.commit_id), t.service_id, t.terms_type, s.document_id, hex(s.blob), s.fetch_date,
      s.kind, s.subject, s.mime_type, s.location FROM snapshot s JOIN terms t ON t.id = s.terms ORDER BY s.seq`,
  analyses: `SELECT a.seq, a.class, a.state, a.is_told, a.significance, a.topics, a.undoes, r.reasons
      FROM analysis a JOIN judging j ON j.side = a.side AND j.is_served = 1
      LEFT JOIN analysis_reasons r ON r.side = a.side AND r.seq = a.seq ORDER BY a.seq`,
  terms: `SELECT t.service_id, t.terms_type, f.service_id, f.terms_type, t.text_seq
      FROM terms t LEFT JOIN terms f ON f.id = t.formerly ORDER BY 1, 2`,
  blocks: 'SELECT hex(hash), text, markdown FROM block WHERE id IN (SELECT block FROM standing) ORDER BY 1',
  standing: `SELECT t.service_id, t.terms_type, hex(b.hash), s.spans, s.first_seq, s.until_seq, hex(h.hash)
      FROM standing s JOIN terms t ON t.id = s.terms JOIN block b ON b.id = s.block
      LEFT JOIN block h ON h.id = s.heading ORDER BY 1, 2, 3`,
  // The wordings of each clause.
  clauses: `SELECT group_concat(wording, ' ') AS wordings FROM (
      SELECT s.clause, t.service_id || t.terms_type || hex(b.hash) AS wording FROM standing s
      JOIN terms t ON t.id = s.terms JOIN block b ON b.id = s.block ORDER BY s.clause, wording
    ) GROUP BY clause ORDER BY 1`,
};

function answers(indexFile: string): Record<string, unknown[]> {
  const database = new DatabaseSync(indexFile, { readOnly: true });
  try {
    return Object.fromEntries(Object.entries(QUESTIONS).map(([name, sql]) => [name, database.prepare(sql).all()]));
  } finally {
    database.close();
  }
}

/** Of a repository that a mirror does not have: nothing. */
const refsOf = (directory: string): string =>
  existsSync(directory) ? git(directory, 'for-each-ref', '--format=%(objectname) %(refname)') : '';

/** What an index made anew says, by all ends of both repositories: nothing else can decide it. */
const freshAnswers = new Map<string, Record<string, unknown[]>>();

/** Expects that an index says what one that is made anew from the same archive says, and that its file is sound. */
export async function expectFresh(archive: {
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly indexFile: string;
}): Promise<void> {
  const ends = `${refsOf(archive.versionsDirectory)}\n${refsOf(archive.snapshotsDirectory)}`;
  let fresh = freshAnswers.get(ends);
  if (!fresh) {
    const indexFile = join(await temporaryDirectory(), 'fresh.sqlite');
    await updateIndex({ ...archive, indexFile });
    fresh = answers(indexFile);
    freshAnswers.set(ends, fresh);
  }
  expect(answers(archive.indexFile)).toEqual(fresh);
  const database = new DatabaseSync(archive.indexFile, { readOnly: true });
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  database.close();
}
