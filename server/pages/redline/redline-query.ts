import type { z } from '@hono/zod-openapi';
import { oneOf, pointInTime, query, text } from '../../api/parameters.ts';

const OTHER = {
  collection: text('Collection of the later version, where it is another one.').optional(),
  service: text('Service of the later version, likewise.').optional(),
  type: text('Terms type of the later version, likewise.').optional(),
};

/** What the address of a redline may ask for. */
export const REDLINE_QUERY = query({
  ...OTHER,
  view: oneOf('In one column or side by side.', ['inline', 'side'], 'inline'),
  show: oneOf('Changes with what stands around them, or the whole text.', ['changes', 'all'], 'changes'),
  from: pointInTime('Day that the reader asked for; the former version stood then.'),
  to: pointInTime('Day that the reader asked for; the later version stood then.'),
});

export type RedlineQuery = z.infer<typeof REDLINE_QUERY>;

/** Which versions to compare, by the days on which they stood. */
export const BETWEEN_QUERY = query({
  ...OTHER,
  from: pointInTime('The former version is the one that stood then; without it, the first.'),
  to: pointInTime('The later version is the one that stood then; without it, the latest.'),
});
