import type { DatabaseSync } from 'node:sqlite';
import type { ClauseHistory, ClauseWording } from '../clause.ts';
import type { KnownVersions, Lives } from './lives.ts';
import { type Span, toSpans, united } from './span.ts';

interface Wording {
  readonly blockId: number;
  readonly text: string;
  readonly markdown: string;
  readonly spans: Span[];
}

/** Reads clauses with all their wordings. */
export interface ClauseHistories {
  clause(clauseId: number): ClauseHistory | undefined;
}

export function createClauseHistories(database: DatabaseSync, lives: Lives): ClauseHistories {
  const rows = database.prepare(
    `SELECT s.block, s.spans, b.text, b.markdown, h.text AS heading, t.service_id, t.terms_type
     FROM standing s JOIN block b ON b.id = s.block JOIN terms t ON t.id = s.terms LEFT JOIN block h ON h.id = s.heading
     WHERE s.clause = ? ORDER BY s.first_seq, b.hash`,
  );
  return {
    clause(clauseId) {
      const found = rows.all(clauseId);
      const latest = found.at(-1);
      if (!latest) return undefined;
      const wordings = new Map<number, Wording>();
      for (const row of found) {
        const blockId = Number(row.block);
        const text = String(row.text);
        // One wording may stand under a former name and under the present one.
        const wording = wordings.get(blockId) ?? {
          blockId,
          text,
          markdown: row.markdown === null ? text : String(row.markdown),
          spans: [],
        };
        wording.spans.push(...toSpans(row.spans));
        wordings.set(blockId, wording);
      }
      const all = [...wordings.values()];
      const known: KnownVersions = new Map();
      return {
        clauseId,
        serviceId: String(latest.service_id),
        termsType: String(latest.terms_type),
        heading: latest.heading === null ? undefined : String(latest.heading),
        life: lives.lifeOf(united(all.flatMap(({ spans }) => spans)), known),
        wordings: all.map(
          ({ spans, ...wording }): ClauseWording => ({ ...wording, life: lives.lifeOf(united(spans), known) }),
        ),
      };
    },
  };
}
