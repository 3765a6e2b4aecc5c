import { createRoute, z } from '@hono/zod-openapi';
import { errorBody } from './schemas/error.ts';

export const TAGS = {
  Collections: 'Services tracked together, with their records; how completely they are tracked.',
  Services: 'Services and their terms: what is declared, what is recorded, how tracking stands.',
  Versions: 'The recorded texts.',
  Changes: 'What changed: lists over all collections, and the marked comparison of two versions.',
  Text: 'Search over everything that was ever recorded, and when a sentence appeared and went.',
  Extension:
    'Files for browser extensions: the same for everybody, so that nobody is asked about a site that is visited.',
  Feeds: 'Changes for feed readers. They stand beside the API, not in it.',
} as const;

interface ReadRoute<Path extends string, Params, Query, Answer> {
  readonly path: Path;
  /** For programs that are made from the document. */
  readonly id: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description?: string;
  readonly params: Params;
  readonly query: Query;
  readonly answer: Answer;
  /** Other formats that `format` can ask for: media type → what it is. */
  readonly formats?: Readonly<Record<string, string>>;
}

const failure = (description: string) => ({
  description,
  content: { 'application/json': { schema: errorBody } },
});

/** A route of the API, with what all of them share: GET, validators, the one shape of errors. */
export function readRoute<
  const Path extends string,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Answer extends z.ZodType,
>({
  path,
  id,
  tag,
  summary,
  description,
  params,
  query,
  answer,
  formats = {},
}: ReadRoute<Path, Params, Query, Answer>) {
  const others = Object.entries(formats).map(([type, what]) => [
    type,
    { schema: z.string().openapi({ description: what }) },
  ]);
  return createRoute({
    method: 'get',
    path,
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    request: { params, query },
    responses: {
      200: {
        description: 'The answer.',
        headers: z.object({
          ETag: z.string().optional().openapi({ description: 'Made from the content.' }),
          'Cache-Control': z.string(),
        }),
        content: { 'application/json': { schema: answer }, ...Object.fromEntries(others) },
      },
      304: { description: 'Not changed since the answer with the `ETag` that `If-None-Match` names.' },
      400: failure('The request cannot be read. All faults are listed.'),
      404: failure('There is no such thing.'),
      429: failure('Too many requests. See `Retry-After`.'),
      503: failure('Not just now: an index is being built, or the question took too long. See `Retry-After`.'),
    },
  });
}

/** For routes without parameters in their path. */
export const NO_PARAMS = z.object({});
