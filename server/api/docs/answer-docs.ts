import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ServerDeps } from '../../deps.ts';
import { answerDescription } from '../../pages/description.ts';
import { prose } from '../../pages/parts/prose.ts';
import type { ApiDocument } from '../document.ts';
import { routesOf, type ShownRoute, shapesOf } from './read-document.ts';

/** The API's description for people, made from its OpenAPI document. */
export const answerDocs = (c: Context, deps: ServerDeps, document: ApiDocument): Promise<Response> =>
  answerDescription(c, deps, document.info.title, toBody(document));

function toBody(document: ApiDocument) {
  const routes = routesOf(document);
  const api = document.servers?.[0]?.url ?? '';
  const tags = document.tags ?? [];
  const [first = '', ...rest] = (document.info.description ?? '').split('\n\n');
  return html`<header class="intro">
<h1>${document.info.title}</h1>
<p>${prose(first)}</p>
${rest.map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
<p>Addresses begin with <code>${api}</code>, where nothing else is said. For programs: <a href="${api}/openapi.json">OpenAPI document</a>.</p>
</header>
<nav class="routes" aria-label="Routes">${tags.map(
    ({ name }) => html`<h2>${name}</h2>
<ul>${routesOfTag(routes, name).map(({ anchor, summary }) => html`<li><a href="#${anchor}">${summary}</a></li>`)}</ul>`,
  )}</nav>
${tags.map(
  ({ name, description }) => html`<section>
<h2>${name}</h2>
<p>${description}</p>
${routesOfTag(routes, name).map(toArticle)}
</section>`,
)}
<section>
<h2>Shapes of answers</h2>
<p>A question mark is behind what may be left out.</p>
${shapesOf(document).map(
  ({ name, parts }) => html`<article id="shape-${name}"><h3>${name}</h3>
<pre>${parts.map((part) => (typeof part === 'string' ? part : html`<a href="#shape-${part.schema}">${part.schema}</a>`))}</pre></article>
`,
)}</section>`;
}

const routesOfTag = (routes: readonly ShownRoute[], name: string): ShownRoute[] =>
  routes.filter(({ tag }) => tag === name);

const toArticle = (route: ShownRoute) => html`<article id="${route.anchor}">
<h3>${route.summary}</h3>
<code class="path">GET <b>${route.path}</b></code>
${route.server === undefined ? '' : html`<p>This address begins with <code>${route.server}</code>.</p>`}
${route.description === undefined ? '' : html`<p>${prose(route.description)}</p>`}
${
  route.parameters.length === 0
    ? ''
    : html`<dl>${route.parameters.map(
        ({ name, where, isRequired, description, form }) => html`
<dt><code>${name}</code>${where === 'query' && isRequired ? ' (required)' : ''}</dt>
<dd>${prose(description)} <code>${form}</code></dd>`,
      )}</dl>`
}
${route.answer === undefined ? '' : html`<p>Answers <a href="#shape-${route.answer}"><code>${route.answer}</code></a></p>`}
<details><summary>Statuses and formats</summary>
<dl>${route.statuses.map(
  ({ status, description, types }) => html`
<dt>${status}</dt><dd>${prose(description)}${types === '' ? '' : html` <code>${types}</code>`}</dd>`,
)}</dl>
</details>
</article>
`;
