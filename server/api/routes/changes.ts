import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import { toChange } from '../answers/version.ts';
import { applyChangeFilter } from '../change-filter.ts';
import { CHANGE_FILTERS, toChangeFilter } from '../change-query.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { exportChanges } from '../export-changes.ts';
import { EXPORT_FORMATS, MOST_ROWS, refuseParts } from '../export-rows.ts';
import { unjudgedAmong } from '../incomplete-analysis.ts';
import { listChanges } from '../list-changes.ts';
import { CURSOR, oneOf, query, whole } from '../parameters.ts';
import { NO_PARAMS, readRoute } from '../route.ts';
import { changes } from '../schemas/version.ts';

export function addChangeRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/changes',
      id: 'listChanges',
      tag: 'Changes',
      summary: 'What changed, newest first, over all collections',
      description:
        'Those that people should be told, and those that withdraw one, unless `show=everything` or another parameter asks for more. ' +
        'While changes are still being judged, `incomplete` says so: what is not in the list may yet be. ' +
        `Each collection's changes are in the order in which they were recorded. \`csv\` and \`jsonl\` hold all that match, up to ${MOST_ROWS.toLocaleString('en')} rows; ` +
        '`cursor` and `limit` are for `json`.',
      params: NO_PARAMS,
      query: query({
        ...CHANGE_FILTERS,
        cursor: CURSOR,
        limit: whole('How many at once.', { least: 1, most: 500, preset: 100 }),
        format: oneOf('How to answer.', ['json', 'csv', 'jsonl'], 'json'),
      }),
      answer: changes,
      formats: EXPORT_FORMATS,
    }),
    (c) => {
      const { cursor, limit, format, ...filters } = c.req.valid('query');
      const filter = toChangeFilter(filters);
      const publicUrl = deps.publicUrl(c);
      const api = `${publicUrl}/api`;
      if (format !== 'json') {
        refuseParts(c, ['cursor', 'limit']);
        return exportChanges(c, deps.collections, filter, format, publicUrl);
      }
      const from = cursor === undefined ? undefined : readCursor(cursor);
      const incomplete = unjudgedAmong(applyChangeFilter(deps.collections, filter).map(({ collection }) => collection));
      const part = listChanges(deps.collections, filter, { limit, from });
      return answerJson(
        c,
        {
          data: part.changes.map((change) => toChange(change, api)),
          nextCursor: part.next ? writeCursor(part.next) : null,
          unavailable: part.unavailable,
          incomplete,
        },
        { caching: part.unavailable.length + incomplete.length > 0 ? 'incomplete' : 'short' },
      );
    },
  );
}
