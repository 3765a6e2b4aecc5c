import { OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDeps } from '../deps.ts';
import { describeFeeds } from '../feeds/describe-feeds.ts';
import { answerJson } from './answer.ts';
import { answerError } from './answer-error.ts';
import { ApiError } from './api-error.ts';
import { answerDocs } from './docs/answer-docs.ts';
import { createDocument } from './document.ts';
import { notFound } from './find.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { addAnalysisRoutes } from './routes/analyses.ts';
import { addChangeRoutes } from './routes/changes.ts';
import { addCheckRoutes } from './routes/checks.ts';
import { addCollectionRoutes } from './routes/collections.ts';
import { addComparisonRoute } from './routes/comparison.ts';
import { addExtensionRoutes } from './routes/extension.ts';
import { addListRoutes } from './routes/lists.ts';
import { addRedlineRoutes } from './routes/redlines.ts';
import { addServiceRoutes } from './routes/services.ts';
import { addTermsRoutes } from './routes/terms.ts';
import { addTextRoutes } from './routes/text.ts';
import { addVersionRoutes } from './routes/versions.ts';
import { sameTermsIndex } from './same-terms.ts';

/** Our own API, to be mounted at `/api` below the server's base path. Everything in it is read with GET. */
export function createApi(deps: ServerDeps): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });
  const sameTerms = sameTermsIndex(deps.collections);
  addCollectionRoutes(app, deps);
  addServiceRoutes(app, deps, sameTerms);
  addTermsRoutes(app, deps, sameTerms);
  addCheckRoutes(app, deps);
  addVersionRoutes(app, deps);
  addChangeRoutes(app, deps);
  addAnalysisRoutes(app, deps);
  addRedlineRoutes(app, deps);
  addTextRoutes(app, deps);
  addComparisonRoute(app, deps);
  addListRoutes(app, deps);
  addExtensionRoutes(app, deps);
  describeFeeds(app);

  const apiOf = (c: Parameters<typeof deps.publicUrl>[0]): string => `${deps.publicUrl(c)}/api`;
  app.get('/openapi.json', (c) => answerJson(c, createDocument(app, deps.publicUrl(c), deps.engineVersion)));
  app.get('/docs', (c) => answerDocs(c, deps, createDocument(app, deps.publicUrl(c), deps.engineVersion)));
  app.get('/', (c) => c.redirect(`${apiOf(c)}/docs`, 302));
  app.all('/*', (c) => {
    if (c.req.method === 'GET')
      throw notFound('There is no such route in this API.', 'Its routes are described at /api/docs.');
    throw new ApiError('method-not-allowed', `${c.req.method} is not answered: everything here is read with GET.`);
  });
  app.onError((error, c) => answerError(error, c, deps.log));
  return app;
}
