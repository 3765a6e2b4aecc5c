import type { Hono } from 'hono';
import { answerJson } from './answer-json.ts';
import { collectionDocument } from './collection-document.ts';
import { answerDocs } from './docs.ts';
import { knownServices } from './known-services.ts';
import type { RoutesContext } from './routes-context.ts';

const WELCOME =
  'This is the Collection API of Open Terms Archive, version 1, answered by Clausewatch. Its documentation is at /docs below this address.';

/** What the collection is. Of a mirror without `metadata.yml`, its id and name. */
export function addMetadataRoutes(app: Hono, { collection, deps, address }: RoutesContext): void {
  app.get('/', (c) => answerJson(c, { message: WELCOME }));

  app.get('/docs', (c) => answerDocs(c, deps, collectionDocument(address(c))));

  app.get('/metadata', (c) => {
    const services = knownServices(collection);
    return answerJson(c, {
      ...(collection.metadata() ?? { id: collection.id, name: collection.name }),
      totalServices: services.length,
      totalTerms: services.reduce((sum, { terms }) => sum + terms.length, 0),
      engineVersion: deps.engineVersion.replace(/^.*\//, ''),
    });
  });
}
