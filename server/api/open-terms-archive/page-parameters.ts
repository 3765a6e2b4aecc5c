import type { Context } from 'hono';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

const MAX_LIMIT = 500;

/** `limit` (1 to 500, default 100) and `offset` (from 0) of a request, read and refused with the words of OTA. */
export function readPage(c: Context): Page | { readonly error: string } {
  const limit = integer(c.req.query('limit'), 100);
  const offset = integer(c.req.query('offset'), 0);
  if (!(limit >= 1)) return { error: 'Invalid limit parameter. Must be a positive integer.' };
  if (limit > MAX_LIMIT) return { error: `Invalid limit parameter. Must not exceed ${MAX_LIMIT}.` };
  if (!(offset >= 0)) return { error: 'Invalid offset parameter. Must be a non-negative integer.' };
  return { limit, offset };
}

/** As OTA reads it: an empty value is an absent one, and what follows the digits does not count. */
const integer = (value: string | undefined, otherwise: number): number =>
  value === undefined || value === '' ? otherwise : Number.parseInt(value, 10);
