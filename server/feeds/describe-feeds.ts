import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { CHANGE_FILTERS } from '../api/change-query.ts';
import { query } from '../api/parameters.ts';
import { FEED_TYPES, type FeedFormat } from './answer-feed.ts';
import { MAX_ENTRIES } from './feed.ts';

/** Where the feeds are, below the address of the server. */
export const FEEDS_PATH = '/feeds';

const feedList = z
  .strictObject({
    feeds: z.array(
      z.strictObject({
        collection: z.string().nullable().openapi({ description: 'null: all collections, narrowed by parameters.' }),
        type: z.string(),
        url: z.string(),
      }),
    ),
    parameters: z.array(z.string()).openapi({ description: 'Of the feeds over all collections.' }),
    documentation: z.string(),
  })
  .openapi('Feeds');

/** What `/feeds` answers. */
export type FeedList = z.output<typeof feedList>;

const feedError = z.strictObject({ error: z.string() }).openapi('FeedError');
const failure = (description: string) => ({ description, content: { 'application/json': { schema: feedError } } });
const OTHERS = {
  304: { description: 'Not changed since the answer that `If-None-Match` or `If-Modified-Since` names.' },
  400: failure('The parameters cannot be read.'),
  404: failure('There is no such collection or list.'),
  429: failure('Too many requests. See `Retry-After`.'),
  503: failure('Not just now: an index is being built. See `Retry-After`.'),
};
const headers = z.object({ ETag: z.string(), 'Cache-Control': z.string() });

const LIST = createRoute({
  method: 'get',
  path: FEEDS_PATH,
  operationId: 'listFeeds',
  tags: ['Feeds'],
  summary: 'Which feeds there are; as a page for who asks for HTML',
  responses: {
    200: { description: 'The answer.', headers, content: { 'application/json': { schema: feedList } } },
    ...OTHERS,
  },
});

const feed = (format: FeedFormat, name: string) =>
  createRoute({
    method: 'get',
    path: `${FEEDS_PATH}/${format}`,
    operationId: `get${name}Feed`,
    tags: ['Feeds'],
    summary: `Changes over all collections as a feed: ${name === 'Atom' ? 'Atom' : 'JSON Feed 1.1'}`,
    description:
      `The latest ${MAX_ENTRIES} that match, narrowed as lists of changes are: alerts and what withdraws them, unless \`show=everything\` or another parameter asks for more. ` +
      'Entries lead to the page of the redline (of a first record, of the version), and to the version as JSON (`rel="related"`; `_clausewatch.version`). Titles say what changed, summaries begin with its first changed words; class, state and topics are categories (in JSON Feed, `tags` and `_clausewatch`). An entry that withdraws others links to them ' +
      '(`rel="related"`; in JSON Feed `external_url` and `_clausewatch.undoes`). Ids and dates of entries stay what they are when the rules of judging change; ' +
      'what only later checks raised has an entry of its own, dated by the check.',
    request: { query: query(CHANGE_FILTERS) },
    responses: {
      200: { description: 'The feed.', headers, content: { [FEED_TYPES[format]]: { schema: z.string() } } },
      ...OTHERS,
    },
  });

/** Puts the feeds into the description of an API; they are answered elsewhere. */
export function describeFeeds(app: OpenAPIHono): void {
  for (const route of [LIST, feed('atom', 'Atom'), feed('json', 'Json')]) app.openAPIRegistry.registerPath(route);
}
