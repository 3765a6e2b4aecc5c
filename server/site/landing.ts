import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { tellUnavailable } from '../api/tell-unavailable.ts';
import type { ServerDeps } from '../deps.ts';
import { page } from './page.ts';
import { stylesheetOf } from './stylesheet.ts';

/** `/`: what is served here and where, for people and for programs. */
export function createLanding(deps: ServerDeps): Hono {
  return new Hono().get('/', (c) => {
    const base = deps.publicUrl(c);
    const defaultId = deps.collections.default()?.id;
    const collections = deps.collections.all().map((collection) => describe(collection, base));
    const headers = { 'Cache-Control': 'no-cache', Vary: 'Accept' };
    if (!/\btext\/html\b/i.test(c.req.header('accept') ?? '')) {
      const links = {
        api: `${base}/api`,
        documentation: `${base}/api/docs`,
        federation: `${base}/federation/v1`,
        feeds: `${base}/feeds`,
      };
      return c.json(
        { engineVersion: deps.engineVersion, ...links, default: defaultId ?? null, collections },
        200,
        headers,
      );
    }
    const body = html`<header class="intro">
<h1>Clausewatch</h1>
<p>Every recorded version of the terms of online services, and what changed from one to the next.</p>
</header>
<main>
<h2>Collections</h2>
${collections.map(
  ({ name, tagline, summary, api, feed }) => html`<article>
<h3>${name}</h3>
${tagline ? html`<p>${tagline}</p>` : ''}
<p class="facts">${summary}</p>
<p><a href="${api}/services">Services</a> · <a href="${api}/docs">API</a> · <a href="${feed}">Feed of changes</a></p>
</article>
`,
)}
<h2>For programs</h2>
<ul>
<li><a href="${base}/api/docs">API of Clausewatch</a>: changes, redlines, search through all versions</li>
<li><a href="${base}/federation/v1/docs">Federation API of Open Terms Archive</a> over all collections</li>
<li><a href="${base}/feeds">Feeds of changes</a> over all collections, to be narrowed by service, terms type or list</li>
<li><a href="${base}/health">State of this server</a></li>
</ul>
</main>`;
    return c.html(page('Clausewatch', stylesheetOf(deps, c), body), 200, headers);
  });
}

interface DescribedCollection {
  readonly id: string;
  readonly name: string;
  readonly tagline: string | null;
  readonly summary: string;
  readonly api: string;
  readonly feed: string;
}

function describe(collection: ServedCollection, base: string): DescribedCollection {
  const { id, name } = collection;
  const api = `${base}/${id}/api/v1`;
  return {
    id,
    name,
    tagline: collection.metadata()?.tagline ?? null,
    summary: summaryOf(collection),
    api,
    feed: `${api}/feed`,
  };
}

function summaryOf(collection: ServedCollection): string {
  try {
    const { versions, services, terms } = collection.index().state();
    if (versions === 0) return 'No records yet.';
    return `${counted(versions, 'version')} of ${counted(terms, 'terms', 'terms')} of ${counted(services, 'service')}`;
  } catch (error) {
    if (error instanceof IndexUnavailableError) return tellUnavailable(error);
    throw error;
  }
}

const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
