import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { prose } from '../../site/prose.ts';
import { STYLE } from '../../site/style.ts';
import { answerText } from '../answer.ts';
import type { ApiDocument } from '../document.ts';
import { routesOf, type ShownRoute, shapesOf } from './read-document.ts';

const HASH = createHash('sha256').update(STYLE).digest('base64');
/** The page needs its own styles and nothing else. */
const POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The API's description for people, made from its OpenAPI document. */
export async function answerDocs(c: Context, document: ApiDocument): Promise<Response> {
  c.header('Content-Security-Policy', POLICY);
  return answerText(c, String(await toPage(document)), 'text/html; charset=utf-8');
}

function toPage(document: ApiDocument) {
  const routes = routesOf(document);
  const api = document.servers?.[0]?.url ?? '';
  const tags = document.tags ?? [];
  const [first = '', ...rest] = (document.info.description ?? '').split('\n\n');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title}</title>
<style>${raw(STYLE)}</style>
</head>
<body><div class="frame">
<header class="intro">
<h1>${document.info.title}</h1>
<p>${prose(first)}</p>
${rest.map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
<p>Addresses begin with <code>${api}</code>, where nothing else is said. For programs: <a href="${api}/openapi.json">OpenAPI document</a>.</p>
</header>
<nav aria-label="Routes">${tags.map(
    ({ name }) => html`<h3>${name}</h3>
<ul>${routesOfTag(routes, name).map(({ anchor, summary }) => html`<li><a href="#${anchor}">${summary}</a></li>`)}</ul>`,
  )}</nav>
<main>${tags.map(
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
)}</section></main>
</div></body>
</html>
`;
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
<dt>${status}</dt><dd>${prose(description)} <code>${types}</code></dd>`,
)}</dl>
</details>
</article>
`;
