import { DatabaseSync } from 'node:sqlite';

/** Questions whose answers are all that an index says of records, without the numbers that it happened to give to terms. */
const RECORDS = {
  versions: `SELECT v.seq, hex(v.commit_id) AS id, t.service_id, t.terms_type, hex(v.blob) AS blob, v.fetch_date, v.kind,
      v.subject, hex(v.snapshots) AS snapshots, v.additions, v.deletions
    FROM version v JOIN terms t ON t.id = v.terms ORDER BY v.seq`,
  snapshots: `SELECT s.seq, hex(s.commit_id) AS id, t.service_id, t.terms_type, s.document_id, hex(s.blob) AS blob,
      s.fetch_date, s.kind, s.subject, s.mime_type, s.location
    FROM snapshot s JOIN terms t ON t.id = s.terms ORDER BY s.seq`,
  terms: `SELECT t.service_id, t.terms_type, f.service_id AS former_service, f.terms_type AS former_type, t.versions,
      t.first_records, t.technical_upgrades, t.snapshots, t.first_seq, t.latest_seq
    FROM terms t LEFT JOIN terms f ON f.id = t.formerly
    WHERE t.versions + t.snapshots > 0 OR t.formerly IS NOT NULL ORDER BY 1, 2`,
  // None: an id is a former one only while it is in no history.
  returned: `SELECT hex(commit_id) AS id FROM former_version WHERE commit_id IN (SELECT commit_id FROM version)
    UNION SELECT hex(commit_id) FROM former_snapshot WHERE commit_id IN (SELECT commit_id FROM snapshot)`,
  meta: `SELECT key, value FROM meta WHERE key IN ('versions_tip', 'snapshots_tip', 'versions_boundary',
      'snapshots_boundary', 'counted_seq') ORDER BY key`,
};

const former = (
  table: string,
): string => `SELECT hex(f.commit_id) AS id, t.service_id, t.terms_type, hex(f.blob) AS blob,
    f.fetch_date
  FROM ${table} f JOIN terms t ON t.id = f.terms ORDER BY 1, 2, 3`;

/** Ids from before rewritten histories. */
const FORMER = { formerVersions: former('former_version'), formerSnapshots: former('former_snapshot') };

/** Analyses, as readers are answered, and what judging the next changes goes by. */
const ANALYSES = {
  judging: 'SELECT is_served, rules, seq FROM judging ORDER BY is_served',
  analyses: `SELECT a.seq, t.service_id, t.terms_type, a.kind, a.fetch_date, a.class, a.state, a.is_alert, a.is_told,
      a.significance, a.topics, a.language, a.words_added, a.words_removed, a.stated_dates, a.undoes, r.reasons,
      (SELECT group_concat(topic, ' ') FROM (SELECT topic FROM analysis_topic o WHERE o.side = a.side AND o.seq = a.seq
        ORDER BY topic)) AS all_topics
    FROM analysis a JOIN judging j ON j.side = a.side AND j.is_served = 1 JOIN terms t ON t.id = a.terms
    LEFT JOIN analysis_reasons r ON r.side = a.side AND r.seq = a.seq ORDER BY a.seq`,
  memories: `SELECT path, memory FROM analysis_memory JOIN judging USING (side) WHERE is_served = 1 ORDER BY path`,
  shared: `SELECT key, service_id, since FROM shared_block JOIN judging USING (side) WHERE is_served = 1 ORDER BY 1, 2`,
};

/** The same for text: blocks, where they stand, and which wordings make a clause. */
const TEXT = {
  progress: 'SELECT service_id, terms_type, text_seq FROM terms WHERE text_seq > 0 ORDER BY 1, 2',
  blocks: 'SELECT hex(hash) AS hash, text, markdown FROM block WHERE id IN (SELECT block FROM standing) ORDER BY 1',
  standings: `SELECT t.service_id, t.terms_type, hex(b.hash) AS block, s.spans, s.first_seq, s.until_seq,
      hex(h.hash) AS heading
    FROM standing s JOIN terms t ON t.id = s.terms JOIN block b ON b.id = s.block
    LEFT JOIN block h ON h.id = s.heading ORDER BY 1, 2, 3`,
  clauses: `SELECT group_concat(wording, ' ') AS wordings FROM (
      SELECT s.clause, t.service_id || '/' || t.terms_type || ':' || hex(b.hash) AS wording FROM standing s
      JOIN terms t ON t.id = s.terms JOIN block b ON b.id = s.block ORDER BY s.clause, wording
    ) GROUP BY clause ORDER BY 1`,
};

/**
 * All that an index says. Two that were made of the same archive, at once or record by record, say the same, except for
 * ids from before a rewritten history: those that no reference keeps are known only to who saw them.
 */
export function dumpIndex(
  indexFile: string,
  options: { readonly former?: boolean; readonly text?: boolean } = {},
): Record<string, unknown[]> {
  const questions = {
    ...RECORDS,
    ...(options.former ? FORMER : {}),
    ...((options.text ?? true) ? { ...ANALYSES, ...TEXT } : {}),
  };
  const database = new DatabaseSync(indexFile, { readOnly: true });
  try {
    return Object.fromEntries(
      Object.entries(questions).map(([name, sql]) => [name, database.prepare(sql).all().map(plain)]),
    );
  } finally {
    database.close();
  }
}

/** What SQLite gives has no prototype, which comparisons see. */
const plain = (row: object): Record<string, unknown> => ({ ...row });
