import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerDeps } from '../../deps.ts';
import { answerJson, answerText } from '../answer.ts';
import { toVersion } from '../answers/version.ts';
import { RECORD_FILTERS } from '../change-query.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { findCollection, findVersion } from '../find.ts';
import { listChanges } from '../list-changes.ts';
import { CURSOR, oneOf, query, text, whole } from '../parameters.ts';
import { COLLECTION, VERSION } from '../path-parameters.ts';
import { readRoute } from '../route.ts';
import { neighbours, versions, versionWithContent } from '../schemas/version.ts';

const WHICH = ['included', 'excluded', 'only'] as const;
const NAMES = {
  service: text('Which of several versions that one commit holds: id of the service.').optional(),
  type: text('Which of several versions that one commit holds: terms type.').optional(),
};

export function addVersionRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/collections/{collection}/versions',
      id: 'listVersions',
      tag: 'Versions',
      summary: 'Versions of a collection, newest first, in commit order',
      params: z.object(COLLECTION),
      query: query({
        ...RECORD_FILTERS,
        list: text('Id of a named list of services.').optional(),
        technicalUpgrades: oneOf('Versions that came of a change of our reading.', WHICH, 'included'),
        firstRecords: oneOf('Versions without an earlier one.', WHICH, 'included'),
        cursor: CURSOR,
        limit: whole('How many at once.', { least: 1, most: 500, preset: 100 }),
      }),
      answer: versions,
    }),
    (c) => {
      const collection = findCollection(deps.collections, c.req.valid('param').collection);
      const { service, type, list, cursor, limit, ...rest } = c.req.valid('query');
      const filter = { ...rest, collections: [collection.id], services: service, termsTypes: type, list };
      const from = cursor === undefined ? undefined : readCursor(cursor);
      const { changes, next, unavailable } = listChanges(deps.collections, filter, { limit, from });
      return answerJson(c, {
        data: changes.map(({ version }) => toVersion(collection.id, version)),
        nextCursor: next ? writeCursor(next) : null,
        unavailable,
      });
    },
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}/versions/{version}',
      id: 'getVersion',
      tag: 'Versions',
      summary: 'A version with its text',
      description:
        'Never changes. Ids from before a rewritten history are answered with the version that holds the same.',
      params: z.object(VERSION),
      query: query({
        ...NAMES,
        format: oneOf('How to answer: `markdown` is the text alone.', ['json', 'markdown'], 'json'),
      }),
      answer: versionWithContent,
      formats: { 'text/markdown': 'The text alone.' },
    }),
    async (c) => {
      const { collection: id, version: versionId } = c.req.valid('param');
      const { format, ...names } = c.req.valid('query');
      const collection = findCollection(deps.collections, id);
      const version = findVersion(collection, collection.index(), versionId, names);
      const content = await collection.content(version);
      // Counts of lines come later than the record; an id from before a rewritten history may be resolved otherwise.
      const isFinal = version.id === versionId && (format === 'markdown' || version.additions !== undefined);
      // Of what is not final the date would still be the same when the rest is known.
      const options = isFinal ? ({ caching: 'immutable', lastModified: version.fetchDate } as const) : {};
      if (format === 'markdown') return answerText(c, content, 'text/markdown; charset=utf-8', options);
      return answerJson(c, { ...toVersion(collection.id, version), content }, options);
    },
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}/versions/{version}/neighbours',
      id: 'getNeighbours',
      tag: 'Versions',
      summary: 'The versions before and after a version of the same terms, the first and the last',
      params: z.object(VERSION),
      query: query(NAMES),
      answer: neighbours,
    }),
    (c) => {
      const { collection: id, version: versionId } = c.req.valid('param');
      const collection = findCollection(deps.collections, id);
      const reader = collection.index();
      const { first, previous, next, last } = reader.neighbours(
        findVersion(collection, reader, versionId, c.req.valid('query')),
      );
      return answerJson(c, {
        first: first ?? null,
        previous: previous ?? null,
        next: next ?? null,
        last: last ?? null,
      });
    },
  );
}
