import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServiceList as KnownList } from '../../../archive/collections/served-collection.ts';
import { servicesByDomain } from '../../../archive/collections/services-by-domain.ts';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import type { ServiceList } from '../contract.ts';
import { findList } from '../known-names.ts';
import { query, text } from '../parameters.ts';
import { NO_PARAMS, readRoute } from '../route.ts';
import { domains, serviceList, serviceLists } from '../schemas/collection.ts';

export function addListRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/lists',
      id: 'listLists',
      tag: 'Services',
      summary: 'Named lists of services across collections',
      params: NO_PARAMS,
      query: query({}),
      answer: serviceLists,
    }),
    (c) => answerJson(c, { data: deps.collections.lists().map(toList) }),
  );

  app.openapi(
    readRoute({
      path: '/lists/{list}',
      id: 'getList',
      tag: 'Services',
      summary: 'A named list of services',
      params: z.object({ list: z.string().openapi({ description: 'Id of the list.', example: 'platforms' }) }),
      query: query({}),
      answer: serviceList,
    }),
    (c) => {
      return answerJson(c, toList(findList(deps.collections, c.req.valid('param').list)));
    },
  );

  app.openapi(
    readRoute({
      path: '/domains',
      id: 'getDomains',
      tag: 'Services',
      summary: 'Which services have terms at which hosts: all of them, in one file',
      description:
        'There is no look-up of one domain on purpose: whoever asks would tell which site they visit. Hosts are in lower case, without `www.`; a host need not be the own one of the service. Which services people use at a site is another question: see `/extension`.',
      params: NO_PARAMS,
      query: query({ list: text('Id of a named list: its services alone.').optional() }),
      answer: domains,
    }),
    (c) => {
      const { list } = c.req.valid('query');
      const members = list === undefined ? undefined : findList(deps.collections, list).members;
      const isMember = ({ collection, serviceId }: { collection: string; serviceId: string }): boolean =>
        members?.some((member) => member.collection === collection && member.serviceId === serviceId) ?? true;
      const byHost = [...servicesByDomain(deps.collections.all())]
        .map(([host, services]) => [host, services.filter(isMember)] as const)
        .filter(([, services]) => services.length > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return answerJson(c, { domains: Object.fromEntries(byHost) });
    },
  );
}

const toList = ({ id, name, description, members }: KnownList): ServiceList => ({
  id,
  name,
  description: description ?? null,
  members,
});
