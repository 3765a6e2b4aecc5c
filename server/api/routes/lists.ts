import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServiceList as KnownList } from '../../../archive/collections/served-collection.ts';
import { servicesByDomain } from '../../../archive/collections/services-by-domain.ts';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import type { ServiceList } from '../contract.ts';
import { notFound, quoted } from '../find.ts';
import { query } from '../parameters.ts';
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
      const id = c.req.valid('param').list;
      const list = deps.collections.lists().find((one) => one.id === id);
      if (list) return answerJson(c, toList(list));
      throw notFound(`There is no list ${quoted(id)} here.`, 'The lists are under /lists.');
    },
  );

  app.openapi(
    readRoute({
      path: '/domains',
      id: 'getDomains',
      tag: 'Services',
      summary: 'Which services have terms at which hosts: all of them, in one file',
      description:
        'There is no look-up of one domain on purpose: whoever asks would tell which site they visit. Hosts are in lower case, without `www.`; a host need not be the own one of the service.',
      params: NO_PARAMS,
      query: query({}),
      answer: domains,
    }),
    (c) => {
      const byHost = [...servicesByDomain(deps.collections.all())].sort(([a], [b]) => (a < b ? -1 : 1));
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
