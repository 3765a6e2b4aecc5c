import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { termsAt } from '../../../archive/declarations/history.ts';
import type { ServerDeps } from '../../deps.ts';
import { answerJson, answerText } from '../answer.ts';
import { toDeclaration } from '../answers/declaration.ts';
import { toTerms } from '../answers/service.ts';
import { toTrackingState } from '../answers/tracking.ts';
import { toVersion } from '../answers/version.ts';
import type { TermsDetail } from '../contract.ts';
import { type FoundTerms, findTerms, notFound } from '../find.ts';
import { oneOf, pointInTime, query } from '../parameters.ts';
import { TERMS } from '../path-parameters.ts';
import { refuseFuture } from '../refuse-future.ts';
import { readRoute } from '../route.ts';
import type { SameTermsIndex } from '../same-terms.ts';
import { declaration, termsDetail } from '../schemas/service.ts';
import { versionWithContent } from '../schemas/version.ts';

const PATH = '/collections/{collection}/services/{service}/terms/{termsType}';

export function addTermsRoutes(app: OpenAPIHono, deps: ServerDeps, sameTerms: SameTermsIndex): void {
  app.openapi(
    readRoute({
      path: PATH,
      id: 'getTerms',
      tag: 'Services',
      summary: 'Terms: counts, first and latest version, the state of tracking, the same terms in other collections',
      params: z.object(TERMS),
      query: query({}),
      answer: termsDetail,
    }),
    (c) => answerJson(c, toDetail(findTerms(deps.collections, c.req.valid('param')), sameTerms)),
  );

  app.openapi(
    readRoute({
      path: `${PATH}/declaration`,
      id: 'getDeclaration',
      tag: 'Services',
      summary: 'The declaration in force at a date: locations, selectors, filters',
      params: z.object(TERMS),
      query: query({ date: pointInTime("When it was in force; without it, today's.") }),
      answer: declaration,
    }),
    (c) => {
      const found = findTerms(deps.collections, c.req.valid('param'));
      const { date } = c.req.valid('query');
      const terms = found.service && termsAt(found.service, found.termsType, date ?? deps.clock());
      if (terms) return answerJson(c, toDeclaration(found.collection.id, terms));
      throw notFound(
        date === undefined
          ? `“${found.termsType}” of “${found.serviceId}” is not declared today.`
          : `No declaration of “${found.termsType}” of “${found.serviceId}” is known for ${date.toISOString()}.`,
        'Records remain: ask for the versions.',
      );
    },
  );

  app.openapi(
    readRoute({
      path: `${PATH}/version`,
      id: 'getVersionAtDate',
      tag: 'Versions',
      summary: 'The version in force at a date, or the latest',
      description: 'The latest version fetched at or before the date; of several, the last that was recorded.',
      params: z.object(TERMS),
      query: query({
        date: pointInTime('When it was in force; without it, the latest version.'),
        format: oneOf('How to answer: `markdown` is the text alone.', ['json', 'markdown'], 'json'),
      }),
      answer: versionWithContent,
      formats: { 'text/markdown': 'The text alone.' },
    }),
    async (c) => {
      const found = findTerms(deps.collections, c.req.valid('param'));
      const { date, format } = c.req.valid('query');
      if (date !== undefined) refuseFuture(date, deps.clock());
      const { reader, serviceId, termsType } = found;
      const version =
        date === undefined ? reader.latestVersion(serviceId, termsType) : reader.versionAt(serviceId, termsType, date);
      if (version === undefined) {
        const first = reader.firstVersion(serviceId, termsType)?.fetchDate.toISOString();
        throw notFound(
          `There is no version of “${termsType}” of “${serviceId}”${date ? ` at ${date.toISOString()}` : ''}.`,
          first ? `The first one was fetched at ${first}.` : 'Nothing has been recorded of these terms yet.',
        );
      }
      const content = await found.collection.content(version);
      const options = { lastModified: version.fetchDate };
      if (format === 'markdown') return answerText(c, content, 'text/markdown; charset=utf-8', options);
      return answerJson(c, { ...toVersion(found.collection.id, version), content }, options);
    },
  );
}

function toDetail(found: FoundTerms, sameTerms: SameTermsIndex): TermsDetail {
  const { collection, reader, serviceId, termsType, service, recorded } = found;
  const names = { collection: collection.id, serviceId, termsType };
  const first = reader.firstVersion(serviceId, termsType);
  const latest = reader.latestVersion(serviceId, termsType);
  return {
    ...toTerms(names, service, recorded),
    serviceName: service?.name ?? serviceId,
    first: first ? toVersion(collection.id, first) : null,
    latest: latest ? toVersion(collection.id, latest) : null,
    tracking: toTrackingState(found),
    alsoIn: sameTerms.others(names),
  };
}
