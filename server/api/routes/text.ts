import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { MOST_CLAUSES } from '../../../archive/index/text/passage.ts';
import type { ServerDeps } from '../../deps.ts';
import { FEED_TYPES } from '../../feeds/answer-feed.ts';
import { MAX_ENTRIES } from '../../feeds/feed.ts';
import { createFeedCache } from '../../feeds/feed-cache.ts';
import { answerSearchFeed } from '../../feeds/search-feed.ts';
import { answerJson, type Caching } from '../answer.ts';
import { toClauseHistory } from '../answers/clause.ts';
import type { IncompleteCollection, UnavailableCollection } from '../contract.ts';
import { exportHits, hitColumns, MOST_SORTED_HITS } from '../export-hits.ts';
import { EXPORT_FORMATS, refuseParts } from '../export-rows.ts';
import { findCollection, findTerms, notFound, quoted } from '../find.ts';
import { incompleteAmong, refuseIncompleteText } from '../incomplete-text.ts';
import { LONGEST_TEXT } from '../longest-text.ts';
import { pageAddresses } from '../page-addresses.ts';
import { oneOf, query, text, whole } from '../parameters.ts';
import { COLLECTION, TERMS } from '../path-parameters.ts';
import { NO_PARAMS, readRoute } from '../route.ts';
import { clauseAnswer, passageHistory, searchAnswer } from '../schemas/text.ts';
import { DEEPEST_HIT, searchAll, searchCollections } from '../search-collections.ts';
import { SEARCH_FILTERS } from '../search-query.ts';

/** What an answer lacks will be there soon. */
const cachingOf = (missing: readonly (IncompleteCollection | UnavailableCollection)[]): Caching =>
  missing.length > 0 ? 'incomplete' : 'short';

const FEED_FORMATS = {
  [FEED_TYPES.atom]: `The latest ${MAX_ENTRIES} as Atom: paragraphs that came to say it, or that went.`,
  [FEED_TYPES.json]: 'The same as JSON Feed 1.1.',
};

export function addTextRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  const feeds = createFeedCache();
  app.openapi(
    readRoute({
      path: '/search',
      id: 'search',
      tag: 'Text',
      summary: 'Search over every text that was ever recorded, deleted text included',
      description:
        `Hits are wordings of clauses with the time in which they stood. Words (all of them), "phrases", prefix*, OR, NOT or -word, parentheses. The first ${DEEPEST_HIT.toLocaleString('en')} hits can be read in parts; \`csv\` and \`jsonl\` hold all of them: of more than ${MOST_SORTED_HITS.toLocaleString('en')} for words, by collection and date. Of a passage there are no more. ` +
        '`class` and `topic` are of the change that brought or removed a paragraph: those of first records, which are not judged, have neither; `language` is that of the terms, as their latest judged change has it. Scores are comparable within one collection, and between collections about. While the text of a collection is still being taken in, `incomplete` says so: what is not found may yet be.',
      params: NO_PARAMS,
      query: query({
        q: text('What to find.', LONGEST_TEXT, 'is empty: say what to find'),
        match: oneOf(
          '`passage`: `q` is a passage as somebody copied it; paragraphs that say nearly the same are found, with how much is the same as the score (0.6 to 1), and those that contain it (below).',
          ['words', 'passage'],
          'words',
        ),
        ...SEARCH_FILTERS,
        limit: whole('How many at once.', { least: 1, most: 100, preset: 20 }),
        format: oneOf(
          'How to answer. `atom` and `jsonfeed`: a feed of what appeared last, or went last where `state=removed`.',
          ['json', 'csv', 'jsonl', 'atom', 'jsonfeed'],
          'json',
        ),
      }),
      answer: searchAnswer,
      formats: { ...EXPORT_FORMATS, ...FEED_FORMATS },
    }),
    async (c) => {
      const { q, format, limit, offset, ...rest } = c.req.valid('query');
      const filter = { collections: rest.collection, services: rest.service, termsTypes: rest.type, list: rest.list };
      const asked = {
        text: q,
        match: rest.match,
        state: rest.state,
        sort: rest.sort,
        since: rest.since,
        until: rest.until,
        classes: rest.class,
        topics: rest.topic,
        languages: rest.language,
      };
      const find = (part: { limit: number; offset: number }) =>
        searchCollections(deps, filter, asked, part, c.req.raw.signal);
      if (format === 'atom' || format === 'jsonfeed') {
        refuseParts(c, ['limit', 'offset', 'sort'], 'feeds hold the latest, by date');
        const limit = rest.state === 'removed' ? DEEPEST_HIT : MAX_ENTRIES;
        const found = await searchCollections(
          deps,
          filter,
          { ...asked, sort: 'date' },
          { limit, offset: 0 },
          c.req.raw.signal,
        );
        return answerSearchFeed(c, {
          format: format === 'atom' ? 'atom' : 'json',
          publicUrl: deps.publicUrl(c),
          asked: { text: q, state: rest.state },
          answer: found,
          cache: feeds,
        });
      }
      if (format !== 'json') {
        refuseParts(c, ['limit', 'offset']);
        const all = () => searchAll(deps, filter, asked, c.req.raw.signal);
        const columns = hitColumns(pageAddresses(deps.publicUrl(c)).clause);
        return exportHits(c, format, find, rest.match === 'words' ? all : undefined, columns);
      }
      const answer = await find({ limit, offset });
      return answerJson(c, answer, { caching: cachingOf([...answer.unavailable, ...answer.incomplete]) });
    },
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}/services/{service}/terms/{termsType}/passages',
      id: 'getPassageHistory',
      tag: 'Text',
      summary: 'When a passage appeared in terms, and when it went',
      description: `The clauses in whose wordings the passage stands or stood, with all their wordings. Every appearance and disappearance is an interval; \`basis\` says how it is known, \`gap\` what was not seen in between. At most ${MOST_CLAUSES} clauses; \`isComplete\` says whether there may be more.`,
      params: z.object(TERMS),
      query: query({
        text: text('The passage, as it stands in a version or nearly so.', LONGEST_TEXT, 'is empty: give the passage'),
      }),
      answer: passageHistory,
    }),
    async (c) => {
      const { collection: found, serviceId, termsType } = findTerms(deps.collections, c.req.valid('param'));
      const passage = { serviceId, termsType, text: c.req.valid('query').text };
      const incomplete = incompleteAmong([found]);
      const histories = await deps.queries.passageHistory(found, passage, c.req.raw.signal);
      return answerJson(
        c,
        {
          data: histories.map((history) => toClauseHistory(found.id, history)),
          isComplete: incomplete.length === 0 && histories.length < MOST_CLAUSES,
          incomplete,
        },
        { caching: cachingOf(incomplete) },
      );
    },
  );

  app.openapi(
    readRoute({
      path: '/collections/{collection}/clauses/{clause}',
      id: 'getClause',
      tag: 'Text',
      summary: 'A clause with all its wordings',
      description: 'Ids of clauses are the same in every index of the same records: links to them last.',
      params: z.object({
        ...COLLECTION,
        clause: z.string().openapi({ description: 'Id of the clause, as in hits.', example: '17' }),
      }),
      query: query({}),
      answer: clauseAnswer,
    }),
    async (c) => {
      const { collection: id, clause } = c.req.valid('param');
      const found = findCollection(deps.collections, id);
      const clauseId = /^\d{1,16}$/.test(clause) ? Number(clause) : undefined;
      const incomplete = incompleteAmong([found]);
      const history = clauseId === undefined ? undefined : await deps.queries.clause(found, clauseId, c.req.raw.signal);
      if (history) {
        const answer = { ...toClauseHistory(found.id, history), incomplete };
        return answerJson(c, answer, { caching: cachingOf(incomplete) });
      }
      // What has not been taken in yet cannot be said not to be there.
      if (clauseId !== undefined) refuseIncompleteText(incomplete);
      throw notFound(`“${found.id}” has no clause ${quoted(clause)}.`, 'Search for its words.');
    },
  );
}
