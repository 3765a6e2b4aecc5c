import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import { exportChecks } from '../export-checks.ts';
import { EXPORT_FORMATS, refuseParts } from '../export-rows.ts';
import { findTerms } from '../find.ts';
import { CHECK_OUTCOMES, ledgerOf, listChecks, toLedgerFilter } from '../list-checks.ts';
import { CURSOR, moment, oneOf, query, whole } from '../parameters.ts';
import { TERMS } from '../path-parameters.ts';
import { readRoute } from '../route.ts';
import { checksPage } from '../schemas/tracking.ts';

export function addCheckRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/collections/{collection}/services/{service}/terms/{termsType}/checks',
      id: 'listChecks',
      tag: 'Services',
      summary: 'Every check of terms, newest first: that nothing changed can be shown, and when nothing was seen',
      description: 'Of a mirror no checks are known (`areChecksKnown: false`): they are where it was recorded.',
      params: z.object(TERMS),
      query: query({
        outcome: oneOf('Which checks.', CHECK_OUTCOMES, 'any'),
        since: moment('Checked at this moment or later.'),
        until: moment('Checked before this moment.'),
        cursor: CURSOR,
        limit: whole('How many at once.', { least: 1, most: 1000, preset: 100 }),
        format: oneOf('How to answer.', ['json', 'csv', 'jsonl'], 'json'),
      }),
      answer: checksPage,
      formats: EXPORT_FORMATS,
    }),
    (c) => {
      const { collection, serviceId, termsType } = findTerms(deps.collections, c.req.valid('param'));
      const { outcome, since, until, cursor, limit, format } = c.req.valid('query');
      const asked = { serviceId, termsType, outcome, since, until };
      if (format !== 'json') {
        refuseParts(c, ['cursor', 'limit']);
        return exportChecks(c, format, ledgerOf(collection), toLedgerFilter(asked));
      }
      const found = listChecks(collection, asked, { limit, cursor });
      return answerJson(c, {
        areChecksKnown: found !== undefined,
        data: found?.checks ?? [],
        nextCursor: found?.next ?? null,
      });
    },
  );
}
