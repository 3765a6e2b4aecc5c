import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import { toSameTerms } from '../answers/same-terms.ts';
import { knownServices } from '../answers/service.ts';
import { readNameCursor } from '../cursor.ts';
import { EXPORT_FORMATS, MOST_ROWS, refuseParts } from '../export-rows.ts';
import { exportServices } from '../export-services.ts';
import { findCollection, notFound, quoted } from '../find.ts';
import { findList, refuseUnknownNames } from '../known-names.ts';
import { listServices } from '../list-services.ts';
import { CURSOR, oneOf, query, text, texts, whole } from '../parameters.ts';
import { SERVICE } from '../path-parameters.ts';
import { NO_PARAMS, readRoute } from '../route.ts';
import type { SameTermsIndex } from '../same-terms.ts';
import { sameTermsList, service, services } from '../schemas/service.ts';

const LIMIT = whole('How many at once.', { least: 1, most: 500, preset: 100 });

export function addServiceRoutes(app: OpenAPIHono, deps: ServerDeps, sameTerms: SameTermsIndex): void {
  app.openapi(
    readRoute({
      path: '/services',
      id: 'listServices',
      tag: 'Services',
      summary: 'Services of all collections with their terms, by collection and id',
      description:
        'Declared ones and those of which there are records, though they are no longer tracked. `csv` has a row for each service’s terms.',
      params: NO_PARAMS,
      query: query({
        collection: texts('Id of a collection.'),
        service: texts('Id of a service.'),
        type: texts('Terms type; others are left out of the services.'),
        list: text('Id of a named list of services.').optional(),
        name: text('Part of the name or the id, capitals or not.').optional(),
        cursor: CURSOR,
        limit: LIMIT,
        format: oneOf('How to answer.', ['json', 'csv', 'jsonl'], 'json'),
      }),
      answer: services,
      formats: EXPORT_FORMATS,
    }),
    (c) => {
      const { collection, service: ids, type, list, name, cursor, limit, format } = c.req.valid('query');
      const filter = { collections: collection, services: ids, termsTypes: type, list };
      if (format !== 'json') {
        refuseParts(c, ['cursor', 'limit']);
        const all = listServices(deps.collections, filter, name, { limit: MOST_ROWS, after: undefined });
        return exportServices(c, format, all);
      }
      const after = cursor === undefined ? undefined : readNameCursor(cursor, 2);
      const page = listServices(deps.collections, filter, name, { limit, after });
      return answerJson(c, page, { caching: page.unavailable.length > 0 ? 'incomplete' : 'short' });
    },
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}/services/{service}',
      id: 'getService',
      tag: 'Services',
      summary: 'A service with its terms',
      params: z.object(SERVICE),
      query: query({}),
      answer: service,
    }),
    (c) => {
      const names = c.req.valid('param');
      const collection = findCollection(deps.collections, names.collection);
      const found = knownServices(collection).get(names.service);
      if (found) return answerJson(c, found);
      throw notFound(
        `“${collection.id}” has no service ${quoted(names.service)}.`,
        'Ids are case-sensitive; they are listed under /services.',
      );
    },
  );

  app.openapi(
    readRoute({
      path: '/same-terms',
      id: 'listSameTerms',
      tag: 'Services',
      summary: 'Terms that several collections track: one line for each, with the records of all',
      description: 'Terms are the same where their source documents are at the same locations.',
      params: NO_PARAMS,
      query: query({
        collection: texts('Id of a collection that tracks them.'),
        service: texts('Id of a service.'),
        type: texts('Terms type.'),
        list: text('Id of a named list that a service of theirs is in.').optional(),
        offset: whole('How many to pass over.', { least: 0, most: 100_000, preset: 0 }),
        limit: LIMIT,
      }),
      answer: sameTermsList,
    }),
    (c) => {
      const { collection, service: ids, type, list, offset, limit } = c.req.valid('query');
      refuseUnknownNames(deps.collections, { collections: collection, list });
      const members = list === undefined ? undefined : findList(deps.collections, list).members;
      const groups = sameTerms
        .groups()
        .filter((group) =>
          group.some(
            (member) =>
              (collection?.includes(member.collection) ?? true) &&
              (ids?.includes(member.serviceId) ?? true) &&
              (type?.includes(member.termsType) ?? true) &&
              (members?.some((one) => one.collection === member.collection && one.serviceId === member.serviceId) ??
                true),
          ),
        );
      return answerJson(c, {
        data: groups.slice(offset, offset + limit).map((group) => toSameTerms(deps.collections, group)),
        total: groups.length,
        offset,
        limit,
      });
    },
  );
}
