import { type Context, Hono } from 'hono';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { ServerDeps } from '../../deps.ts';
import { tellUnavailable } from '../tell-unavailable.ts';
import { answerError, answerJson, JSON_TYPE } from './answer-json.ts';
import { answerDocs } from './docs.ts';
import { federationDocument } from './federation-document.ts';
import { type KnownService, knownService, knownServices } from './known-services.ts';
import { collectionApiPath } from './routes-context.ts';
import { addUnmatchedRoute } from './unmatched.ts';

const WELCOME =
  'This is the Federation API of Open Terms Archive, answered by Clausewatch for all collections of this server. Its documentation is at /docs below this address.';

/** Never part of a service's id: it is a file name. */
const IMPOSSIBLE = /[/\\:]/;

const UNEXPECTED = 'This collection could not be asked; the reason is in the log of the server.';

interface FederatedServices {
  readonly results: {
    readonly collection: string;
    readonly service: {
      readonly id: string;
      readonly name: string;
      readonly url: string;
      readonly termsTypes: string[];
    };
  }[];
  readonly failures: { readonly collection: string; readonly message: string }[];
}

/** Open Terms Archive's Federation API, version 1, over all collections of this server. */
export function createFederationApi(deps: ServerDeps): Hono {
  const app = new Hono();

  app.get('/', (c) => answerJson(c, { message: WELCOME }));

  app.get('/docs', (c) => answerDocs(c, deps, federationDocument(`${deps.publicUrl(c)}/federation/v1`)));

  app.get('/collections', (c) =>
    answerJson(
      c,
      deps.collections.all().map((collection) => ({
        id: collection.id,
        name: collection.name,
        endpoint: endpoint(c, collection),
      })),
    ),
  );

  app.get('/services', (c) => {
    const name = c.req.query('name')?.toLowerCase();
    const types = c.req.queries('termsType')?.filter((type) => type !== '') ?? [];
    return answerJson(
      c,
      inAll(c, (collection) =>
        knownServices(collection).filter(
          (service) =>
            (!name || service.name.toLowerCase().includes(name)) &&
            (types.length === 0 || service.terms.some(({ type }) => types.includes(type))),
        ),
      ),
    );
  });

  app.get('/service/:serviceId', (c) => {
    const id = c.req.param('serviceId');
    const found = inAll(c, (collection) => knownService(collection, id) ?? []);
    if (found.results.length > 0) return answerJson(c, found);
    if (IMPOSSIBLE.test(id)) return answerError(c, 400, `Invalid service ID "${id}"`);
    return c.body(JSON.stringify(found), 404, { 'Content-Type': JSON_TYPE, 'Cache-Control': 'no-store' });
  });

  addUnmatchedRoute(app);
  return app;

  /** What all collections know; one that cannot be asked is a failure, and the others answer. */
  function inAll(c: Context, ask: (collection: ServedCollection) => KnownService | KnownService[]): FederatedServices {
    const answer: FederatedServices = { results: [], failures: [] };
    for (const collection of deps.collections.all()) {
      try {
        for (const service of [ask(collection)].flat()) {
          answer.results.push({ collection: collection.id, service: toService(endpoint(c, collection), service) });
        }
      } catch (error) {
        const isExpected = error instanceof IndexUnavailableError;
        if (!isExpected) deps.log.error({ err: error, collection: collection.id }, 'a collection could not be asked');
        answer.failures.push({ collection: collection.id, message: isExpected ? tellUnavailable(error) : UNEXPECTED });
      }
    }
    return answer;
  }

  function endpoint(c: Context, collection: ServedCollection): string {
    return `${deps.publicUrl(c)}${collectionApiPath(collection.id)}`;
  }
}

const toService = (endpoint: string, { id, name, terms }: KnownService) => ({
  id,
  name,
  url: `${endpoint}/service/${encodeURIComponent(id)}`,
  termsTypes: terms.map(({ type }) => type),
});
