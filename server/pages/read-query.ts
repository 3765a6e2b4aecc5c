import type { z } from '@hono/zod-openapi';
import { invalidRequest } from '../api/refuse-invalid.ts';
import type { PageContext } from './page-context.ts';

/**
 * The query of a page, read as the API reads its own. Fields of forms that were left empty are not there.
 *
 * @throws ApiError of code `invalid-request` that lists all that is wrong
 */
export function readQuery<Schema extends z.ZodType>({ c }: Pick<PageContext, 'c'>, schema: Schema): z.infer<Schema> {
  const given = Object.entries(c.req.queries()).flatMap(([name, values]) => {
    const filled = values.filter((value) => value !== '');
    return filled.length === 0 ? [] : [[name, filled.length === 1 ? filled[0] : filled] as const];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues);
}
