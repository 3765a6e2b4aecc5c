import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import type { ServerDeps } from '../../deps.ts';
import { MOST_REDLINE_CHARACTERS } from '../../queries/create-query-pool.ts';
import type { RedlineSide } from '../../queries/query-pool.ts';
import { answerJson } from '../answer.ts';
import { toVersion } from '../answers/version.ts';
import { findCollection, findVersion } from '../find.ts';
import { query, text } from '../parameters.ts';
import { COLLECTION } from '../path-parameters.ts';
import { readRoute } from '../route.ts';
import { redline } from '../schemas/version.ts';

const id = (description: string) => z.string().openapi({ description, example: 'a'.repeat(40) });

export function addRedlineRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/collections/{collection}/redlines/{before}/{after}',
      id: 'getRedline',
      tag: 'Changes',
      summary: 'The marked comparison of any two versions: of the same terms, of two services, or of two collections',
      description:
        `Block by block, and word by word inside changed ones. Texts of up to ${MOST_REDLINE_CHARACTERS.toLocaleString('en')} characters together. ` +
        'Where a commit of an imported history holds several versions, name the terms that are meant.',
      params: z.object({
        ...COLLECTION,
        before: id('Id of the former version.'),
        after: id('Id of the version that is compared with it.'),
      }),
      query: query({
        beforeService: text('Id of the service, where the former id holds several versions.').optional(),
        beforeType: text('Terms type, likewise.').optional(),
        afterCollection: text('Id of the collection of the later version, where it is another one.').optional(),
        afterService: text('Id of the service, where the later id holds several versions.').optional(),
        afterType: text('Terms type, likewise.').optional(),
      }),
      answer: redline,
    }),
    async (c) => {
      const ids = c.req.valid('param');
      const names = c.req.valid('query');
      const collection = findCollection(deps.collections, ids.collection);
      const reader = collection.index();
      const before = findVersion(collection, reader, ids.before, {
        service: names.beforeService,
        type: names.beforeType,
      });
      const other =
        names.afterCollection === undefined ? collection : findCollection(deps.collections, names.afterCollection);
      const after = findVersion(other, other === collection ? reader : other.index(), ids.after, {
        service: names.afterService,
        type: names.afterType,
      });
      const { blocks, wordsInserted, wordsDeleted } = await deps.queries.redline(
        toSide(collection, before),
        toSide(other, after),
        c.req.raw.signal,
      );
      // Counts of lines come later than the record; an id from before a rewritten history may be resolved otherwise.
      const areCounted = before.additions !== undefined && after.additions !== undefined;
      const isFinal = areCounted && before.id === ids.before && after.id === ids.after;
      return answerJson(
        c,
        {
          before: toVersion(collection.id, before),
          after: toVersion(other.id, after),
          wordsInserted,
          wordsDeleted,
          blocks,
        },
        { caching: isFinal ? 'daily' : 'short' },
      );
    },
  );
}

export const toSide = (collection: ServedCollection, version: IndexedVersion): RedlineSide => ({
  blob: version.blob,
  content: () => collection.content(version),
});
