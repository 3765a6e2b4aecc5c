import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { reasonSentence } from '../../../archive/changes/analysis/reason-sentence.ts';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import { toAnalysis, toReference } from '../answers/analysis.ts';
import { toVersion } from '../answers/version.ts';
import { countChanges } from '../count-changes.ts';
import { findCollection, findVersion } from '../find.ts';
import { unjudgedAmong } from '../incomplete-analysis.ts';
import { query, text } from '../parameters.ts';
import { COLLECTION, VERSION } from '../path-parameters.ts';
import { readRoute } from '../route.ts';
import { changeStatistics } from '../schemas/analysis.ts';
import { analysisAnswer } from '../schemas/version.ts';
import { undoneBy } from '../undone-by.ts';

export function addAnalysisRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/collections/{collection}/versions/{version}/analysis',
      id: 'getAnalysis',
      tag: 'Changes',
      summary: 'How a change was judged, and why',
      description:
        'By rules, from the records before it alone: whoever judges the same archive comes to the same. `reasons` go block by block where blocks differ. ' +
        '`undoneBy` is the later change that withdrew an alert. Where a commit of an imported history holds several versions, name the terms that are meant.',
      params: z.object(VERSION),
      query: query({
        service: text('Which of several versions that one commit holds: id of the service.').optional(),
        type: text('Which of several versions that one commit holds: terms type.').optional(),
      }),
      answer: analysisAnswer,
    }),
    (c) => {
      const { collection: id, version: versionId } = c.req.valid('param');
      const collection = findCollection(deps.collections, id);
      const reader = collection.index();
      const { versionsWithoutAnalysis } = reader.state();
      const version = findVersion(collection, reader, versionId, c.req.valid('query'));
      const api = `${deps.publicUrl(c)}/api`;
      const withdrawal = undoneBy(collection, version);
      const unjudged = version.isFirstRecord
        ? 'first-record'
        : versionsWithoutAnalysis > 0
          ? 'pending'
          : 'not-comparable';
      return answerJson(
        c,
        {
          version: toVersion(collection.id, version),
          previousId: reader.versionBefore(version)?.id ?? null,
          status: version.analysis ? 'judged' : unjudged,
          analysis: toAnalysis(collection, version, api),
          reasons: reader.reasons(version).map(reasonSentence),
          undoneBy: withdrawal ? toReference(collection.id, withdrawal, api) : null,
        },
        // A later change may be among those that are not judged yet.
        { caching: versionsWithoutAnalysis > 0 ? 'incomplete' : 'short' },
      );
    },
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}/statistics',
      id: 'getChangeStatistics',
      tag: 'Collections',
      summary: 'How many changes of a collection are what, and how many of them are told',
      description:
        'Counts by class and state of the versions that have an earlier one, technical upgrades left out. The overlay of later checks is not in them.',
      params: z.object(COLLECTION),
      query: query({}),
      answer: changeStatistics,
    }),
    (c) => {
      const collection = findCollection(deps.collections, c.req.valid('param').collection);
      const incomplete = unjudgedAmong([collection]);
      return answerJson(
        c,
        { ...countChanges(collection), incomplete },
        { caching: incomplete.length > 0 ? 'incomplete' : 'short' },
      );
    },
  );
}
