import type { z } from '@hono/zod-openapi';
import { invalidRequest } from '../api/refuse-invalid.ts';
import type { PageContext } from './page-context.ts';

/**
 * The query of a page, read as the API reads its own. Fields of forms that were left empty are not there, nor are names that
 * the page does not know: websites and mailers append theirs (`fbclid`, `utm_source`) to the addresses that people share.
 *
 * @throws ApiError of code `invalid-request` that lists all that is wrong
 */
export function readQuery<Schema extends z.ZodType>({ c }: Pick<PageContext, 'c'>, schema: Schema): z.infer<Schema> {
  const given = Object.entries(c.req.queries()).flatMap(([name, values]) => {
    const filled = values.filter((value) => value !== '');
    return filled.length === 0 ? [] : [[name, filled.length === 1 ? filled[0] : filled] as const];
  });
  const sent = Object.fromEntries(given);
  const first = schema.safeParse(sent);
  if (first.success) return first.data;
  const result = schema.safeParse(withoutUnknown(sent, first.error.issues));
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues);
}

function withoutUnknown<Sent extends object>(sent: Sent, issues: readonly z.core.$ZodIssue[]): Partial<Sent> {
  const unknown = new Set(issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])));
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !unknown.has(name))) as Partial<Sent>;
}
