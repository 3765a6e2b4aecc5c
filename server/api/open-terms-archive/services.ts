import type { Hono } from 'hono';
import type { FilterUse, SourceDocument } from '../../../archive/declarations/service.ts';
import { answerError, answerJson } from './answer-json.ts';
import { knownService, knownServices, knownSourceDocuments } from './known-services.ts';
import type { RoutesContext } from './routes-context.ts';

/** The services, and one of them with its declaration. */
export function addServicesRoutes(app: Hono, { collection }: RoutesContext): void {
  app.get('/services', (c) => answerJson(c, knownServices(collection)));

  app.get('/service/:serviceId', (c) => {
    const service = knownService(collection, c.req.param('serviceId'));
    if (!service) return answerError(c, 404, 'Service not found');
    return answerJson(c, {
      id: service.id,
      name: service.name,
      terms: service.terms.map(({ type }) => ({
        type,
        sourceDocuments: knownSourceDocuments(collection, service.id, type).map(toDeclaration),
      })),
    });
  });
}

/** OTA's names for the parts of a declaration; absent ones are left out of the JSON. */
const toDeclaration = (document: Partial<SourceDocument>) => ({
  location: document.location,
  contentSelectors: document.select,
  insignificantContentSelectors: document.remove,
  executeClientScripts: document.executeClientScripts,
  filters: document.filter?.length ? document.filter.map(filterName) : undefined,
});

const filterName = (use: FilterUse): string => (typeof use === 'string' ? use : (Object.keys(use)[0] ?? ''));
