import type { Context } from 'hono';
import { html } from 'hono/html';
import { answerJson } from './answer-json.ts';
import type { OpenApiDocument, Operation } from './openapi-parts.ts';

/** An API's documentation: the OpenAPI document where JSON is asked for (as in OTA), else the same as a page. */
export function answerDocs(c: Context, document: OpenApiDocument): Response | Promise<Response> {
  c.header('Vary', 'Accept');
  return c.req.header('accept')?.includes('json') ? answerJson(c, document) : c.html(page(document), 200);
}

const page = ({ info, servers, paths }: OpenApiDocument) => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${info.title}</title></head>
<body>
<h1>${info.title}</h1>
<p>${info.description} Paths are below <code>${servers[0]?.url}</code>. Programs get this page as an OpenAPI 3.1
document: <code>curl -H 'Accept: application/json' ${servers[0]?.url}/docs</code></p>
${Object.entries(paths).map(([path, { get }]) => section(path, get))}
</body>
</html>
`;

const section = (
  path: string,
  { summary, description, parameters, responses }: Operation,
) => html`<h2><code>GET ${path}</code></h2>
<p>${summary}.${description === undefined ? '' : ` ${description}`}</p>
${
  parameters.length === 0
    ? ''
    : html`<dl>${parameters.map(
        (parameter) => html`<dt><code>${parameter.name}</code> (${parameter.in})</dt><dd>${parameter.description}</dd>`,
      )}</dl>
`
}<ul>${Object.entries(responses).map(
  ([status, answer]) => html`<li>${status} ${Object.keys(answer.content ?? {}).join(', ')}: ${answer.description}</li>`,
)}</ul>
`;
