import type { OpenAPIHono } from '@hono/zod-openapi';
import { FEEDS_PATH } from '../feeds/describe-feeds.ts';
import { DEFAULT_BUDGET } from '../queries/create-query-pool.ts';
import { TAGS } from './route.ts';

const DESCRIPTION = `What this server has recorded of the terms that online services publish, and what changed.

Dates are ISO 8601 in UTC. What is not known is \`null\`. Lists are read in parts: give \`nextCursor\` back as \`cursor\`;
records that come in between do not move the parts that follow. Answers carry an \`ETag\`: send it back as
\`If-None-Match\`. A version under its id never changes. Errors have one shape, \`{error: {code, message, next}}\`.
Every change is judged: lists of changes, their files and the feeds hold what people should be told, and what withdraws it;
\`show=everything\` gives all. Parameters that a route does not know are refused. Addresses may have 8,000 characters, those of searches 40,000. A search, a passage or a redline
that takes longer than ${DEFAULT_BUDGET / 1_000} seconds is ended (\`too-expensive\`); the message says how to narrow it.`;

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/**
 * The OpenAPI document of all routes of the API, and of the feeds, which stand beside it.
 *
 * @param base address of the server, without a slash at the end
 */
export function createDocument(app: OpenAPIHono, base: string, engineVersion: string): ApiDocument {
  const document = generated.get(app) ?? generateDocument(app, engineVersion);
  generated.set(app, document);
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) =>
    path === FEEDS_PATH || path.startsWith(`${FEEDS_PATH}/`)
      ? [path, { ...item, servers: [{ url: base }] }]
      : [path, item],
  );
  return { ...document, servers: [{ url: `${base}/api` }], paths: Object.fromEntries(paths) };
}

/** The routes of an app stay what they are, and to describe them takes 25 ms. */
const generated = new WeakMap<OpenAPIHono, ApiDocument>();

const generateDocument = (app: OpenAPIHono, engineVersion: string): ApiDocument =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Clausewatch API',
      description: DESCRIPTION,
      version: engineVersion.split('/').at(-1) ?? engineVersion,
      license: { name: 'EUPL-1.2', url: 'https://interoperable-europe.ec.europa.eu/collection/eupl' },
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  });
