import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDeps } from '../../deps.ts';
import { answerJson } from '../answer.ts';
import { CHANGE_FILTERS } from '../change-query.ts';
import { type ComparedBy, compareTerms } from '../compare-terms.ts';
import { exportComparison } from '../export-comparison.ts';
import { EXPORT_FORMATS } from '../export-rows.ts';
import { LONGEST_TEXT } from '../longest-text.ts';
import { oneOf, query, text } from '../parameters.ts';
import { NO_PARAMS, readRoute } from '../route.ts';
import { comparison } from '../schemas/comparison.ts';

const { collection, service, type, list, topic } = CHANGE_FILTERS;

/** Parameters of a comparison, as they stand in addresses of API and pages. */
export const COMPARISON_FILTERS = {
  q: text('Words that the terms hold, as a search has them.', LONGEST_TEXT).optional(),
  match: oneOf('`passage`: `q` is a passage, and what says nearly the same counts.', ['words', 'passage'], 'words'),
  topic,
  collection,
  service,
  type,
  list,
  show: oneOf('`all`: also terms that never held what is asked for.', ['matching', 'all'], 'matching'),
  sort: oneOf('`since`: those that hold it longest first.', ['service', 'since'], 'service'),
};

export function addComparisonRoute(app: OpenAPIHono, deps: ServerDeps): void {
  app.openapi(
    readRoute({
      path: '/compare',
      id: 'compareTerms',
      tag: 'Text',
      summary: 'Which services’ terms hold something and since when, or changed about a topic',
      description:
        'One line for each service’s terms of the types asked for. `mention` says since when any of its paragraphs has held the words of `q`, and shows the one that did so first; `changes` counts the changes about the topics. With neither, all terms are listed with their latest versions. Time under a former name of the service counts.',
      params: NO_PARAMS,
      query: query({ ...COMPARISON_FILTERS, format: oneOf('How to answer.', ['json', 'csv', 'jsonl'], 'json') }),
      answer: comparison,
      formats: EXPORT_FORMATS,
    }),
    async (c) => {
      const { q, format, match, topic: topics, show, sort, ...rest } = c.req.valid('query');
      const filter = { collections: rest.collection, services: rest.service, termsTypes: rest.type, list: rest.list };
      const by: ComparedBy = { text: q, match, topics, show, sort };
      const answer = await compareTerms(deps, filter, by, c.req.raw.signal);
      if (format !== 'json') return exportComparison(c, format, answer);
      const isWhole = answer.unavailable.length + answer.incomplete.length === 0;
      return answerJson(c, answer, { caching: isWhole ? 'short' : 'incomplete' });
    },
  );
}
