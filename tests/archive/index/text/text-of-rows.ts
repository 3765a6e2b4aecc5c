import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { INDEX_TABLES, RECORD_KINDS } from '../../../../archive/index/schema.ts';
import { createTextQueries, type TextQueriesOptions } from '../../../../archive/index/text/text-queries.ts';
import { type TextUpdateOptions, updateText } from '../../../../archive/index/text/update-text.ts';

export interface RowOptions {
  readonly service?: string;
  readonly terms?: string;
  /** ISO 8601; default: one day after the former one, from 2024-01-01 on. */
  readonly date?: string;
  readonly kind?: (typeof RECORD_KINDS)[number];
}

/** An index in memory whose versions are rows that a test writes, and whose texts it gives. */
export function textOfRows(file = ':memory:') {
  const database = new DatabaseSync(file);
  database.exec(INDEX_TABLES);
  database.exec("INSERT INTO meta VALUES ('epoch', 'test')");
  const texts = new Map<string, Uint8Array>();
  let seq = 0;
  const termsId = (service: string, terms: string): number => {
    database.prepare('INSERT OR IGNORE INTO terms (service_id, terms_type) VALUES (?, ?)').run(service, terms);
    const row = database.prepare('SELECT id FROM terms WHERE service_id = ? AND terms_type = ?').get(service, terms);
    return Number(row?.id);
  };
  return {
    database,
    /** Adds a version; gives its seq. */
    add(
      text: string | Uint8Array,
      { service = 'Acme', terms = 'Terms of Service', date, kind = 'change' }: RowOptions = {},
    ) {
      seq++;
      const content = Buffer.from(text);
      const blob = createHash('sha1').update(content).digest();
      texts.set(blob.toString('hex'), content);
      const time = date === undefined ? Date.UTC(2024, 0, seq) : Date.parse(date);
      database
        .prepare(
          `INSERT INTO version (seq, commit_id, terms, blob, fetch_date, kind, subject, snapshots)
           VALUES (?, ?, ?, ?, ?, ?, 'Record new changes', x'')`,
        )
        .run(
          seq,
          Buffer.alloc(20, seq),
          termsId(service, terms),
          blob,
          Math.floor(time / 1000),
          RECORD_KINDS.indexOf(kind),
        );
      database.prepare('UPDATE terms SET latest_seq = ? WHERE id = ?').run(seq, termsId(service, terms));
      return seq;
    },
    /** Says that a service's terms continue another's under a new name. */
    rename(from: string, to: string, terms = 'Terms of Service') {
      database.prepare('UPDATE terms SET formerly = ? WHERE id = ?').run(termsId(from, terms), termsId(to, terms));
    },
    update: (options?: TextUpdateOptions) => updateText(database, async (id) => texts.get(id), options),
    queries: (options?: TextQueriesOptions) => createTextQueries(database, options),
    /** Spans and clause of each block, by service and Markdown. */
    standings(): Record<string, { spans: unknown; clause: number; heading: string | null }> {
      const rows = database
        .prepare(
          `SELECT t.service_id, ifnull(b.markdown, b.text) AS markdown, s.spans, s.clause, ifnull(h.markdown, h.text) AS heading
           FROM standing s JOIN block b ON b.id = s.block JOIN terms t ON t.id = s.terms LEFT JOIN block h ON h.id = s.heading
           ORDER BY t.service_id, b.hash`,
        )
        .all();
      return Object.fromEntries(
        rows.map(({ service_id, markdown, spans, clause, heading }) => [
          `${service_id}: ${markdown}`,
          {
            spans: JSON.parse(String(spans)),
            clause: Number(clause),
            heading: heading === null ? null : String(heading),
          },
        ]),
      );
    },
    rows: (sql: string) => database.prepare(sql).all(),
  };
}
