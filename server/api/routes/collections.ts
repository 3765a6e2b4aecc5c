import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import { toCollection } from '../answers/collection.ts';
import { toCoverage } from '../answers/coverage.ts';
import { exportFailing } from '../export-checks.ts';
import { EXPORT_FORMATS } from '../export-rows.ts';
import { findCollection } from '../find.ts';
import { oneOf, query } from '../parameters.ts';
import { COLLECTION } from '../path-parameters.ts';
import { NO_PARAMS, readRoute } from '../route.ts';
import { collection, collections, coverage } from '../schemas/collection.ts';

export function addCollectionRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/collections',
      id: 'listCollections',
      tag: 'Collections',
      summary: 'All collections',
      params: NO_PARAMS,
      query: query({}),
      answer: collections,
    }),
    (c) => answerJson(c, { data: deps.collections.all().map((one) => toCollection(one, deps.publicUrl(c))) }),
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}',
      id: 'getCollection',
      tag: 'Collections',
      summary: 'A collection: who keeps it, how much it holds, how far its index is',
      params: z.object(COLLECTION),
      query: query({}),
      answer: collection,
    }),
    (c) => {
      const found = findCollection(deps.collections, c.req.valid('param').collection);
      return answerJson(c, toCollection(found, deps.publicUrl(c)));
    },
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}/coverage',
      id: 'getCoverage',
      tag: 'Collections',
      summary: 'How completely a collection is tracked, and what fails for which reason',
      description:
        'From the ledger of checks. Of a mirror no checks are known (`areChecksKnown: false`): they are where it was recorded.',
      params: z.object(COLLECTION),
      query: query({
        format: oneOf('How to answer; as a file, what fails.', ['json', 'csv', 'jsonl'], 'json'),
      }),
      answer: coverage,
      formats: EXPORT_FORMATS,
    }),
    (c) => {
      const { format } = c.req.valid('query');
      const found = toCoverage(findCollection(deps.collections, c.req.valid('param').collection));
      return format === 'json' ? answerJson(c, found) : exportFailing(c, format, found);
    },
  );
}
