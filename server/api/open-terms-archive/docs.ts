import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ServerDeps } from '../../deps.ts';
import { answerDescription } from '../../pages/description.ts';
import { prose } from '../../pages/parts/prose.ts';
import { answerJson } from './answer-json.ts';
import type { OpenApiDocument, Operation } from './openapi-parts.ts';

/** An API's documentation: the OpenAPI document where JSON is asked for (as in OTA), else the same as a page. */
export function answerDocs(c: Context, deps: ServerDeps, document: OpenApiDocument): Response | Promise<Response> {
  c.header('Vary', 'Accept');
  if (c.req.header('accept')?.includes('json')) return answerJson(c, document);
  return answerDescription(c, deps, document.info.title, toBody(document));
}

const toBody = ({ info, servers, paths }: OpenApiDocument) => html`<header class="intro">
<h1>${info.title}</h1>
<p>${prose(info.description)}</p>
<p>Paths are below <code>${servers[0]?.url}</code>. Programs get this page as an OpenAPI 3.1 document:
<code>curl -H 'Accept: application/json' ${servers[0]?.url}/docs</code></p>
</header>
<nav class="routes" aria-label="Routes"><ul>${Object.entries(paths).map(
  ([path, { get }]) => html`<li><a href="#${anchorOf(path)}">${get.summary}</a></li>`,
)}</ul></nav>
<section>
<h2>Routes</h2>
${Object.entries(paths).map(([path, { get }]) => toArticle(path, get))}</section>`;

const anchorOf = (path: string): string => `get${path.replaceAll(/[^a-zA-Z]+/g, '-')}`;

const toArticle = (
  path: string,
  { summary, description, parameters, responses }: Operation,
) => html`<article id="${anchorOf(path)}">
<h3>${summary}</h3>
<code class="path">GET <b>${path}</b></code>
${description === undefined ? '' : html`<p>${prose(description)}</p>`}
${
  parameters.length === 0
    ? ''
    : html`<dl>${parameters.map(
        (parameter) =>
          html`<dt><code>${parameter.name}</code> (${parameter.in})</dt><dd>${prose(parameter.description)}</dd>`,
      )}</dl>`
}
<dl>${Object.entries(responses).map(toStatus)}</dl>
</article>
`;

const toStatus = ([status, { description, content }]: [string, Operation['responses'][string]]) => {
  const types = content && html` <code>${Object.keys(content).join(', ')}</code>`;
  return html`<dt>${status}</dt><dd>${prose(description)}${types ?? ''}</dd>`;
};
