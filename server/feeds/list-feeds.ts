import type { Context } from 'hono';
import { html } from 'hono/html';
import { answerJson } from '../api/answer.ts';
import { CHANGE_FILTERS } from '../api/change-query.ts';
import { collectionApiPath } from '../api/open-terms-archive/routes-context.ts';
import type { ServerDeps } from '../deps.ts';
import { answerDescription } from '../pages/description.ts';
import { FEED_TYPES } from './answer-feed.ts';
import type { FeedList } from './describe-feeds.ts';

/** `/feeds`: which there are, as JSON, or as a page for who asks for HTML. */
export async function answerFeedList(c: Context, deps: ServerDeps): Promise<Response> {
  const base = deps.publicUrl(c);
  const list: FeedList = {
    feeds: [
      ...(['atom', 'json'] as const).map((format) => ({
        collection: null,
        type: FEED_TYPES[format],
        url: `${base}/feeds/${format}`,
      })),
      ...deps.collections.all().map(({ id }) => ({
        collection: id,
        type: FEED_TYPES.atom,
        url: `${base}${collectionApiPath(id)}/feed`,
      })),
    ],
    parameters: Object.keys(CHANGE_FILTERS),
    documentation: `${base}/api/docs`,
  };
  c.header('Vary', 'Accept');
  if (!/\btext\/html\b/i.test(c.req.header('accept') ?? '')) return answerJson(c, list);
  return answerDescription(c, deps, 'Feeds of changes', toPage(list, deps));
}

const toPage = (
  { feeds, parameters, documentation }: FeedList,
  { collections }: ServerDeps,
) => html`<header class="intro">
<h1>Feeds of changes</h1>
<p>Those of all collections can be narrowed by ${parameters.map((name, place) => html`${place > 0 ? ', ' : ''}<code>${name}</code>`)},
such as <code>?service=Example+Mail</code>: <a href="${documentation}">their description</a>.</p>
</header>
<ul>
${feeds.map(
  ({ collection, type, url }) =>
    html`<li><a href="${url}" type="${type}">${collection === null ? 'All collections' : (collections.get(collection)?.name ?? collection)}</a> (${type === FEED_TYPES.atom ? 'Atom' : 'JSON Feed'})</li>
`,
)}</ul>`;
