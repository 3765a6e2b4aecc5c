import { z } from '@hono/zod-openapi';

export const nextCursor = z
  .string()
  .nullable()
  .openapi({ description: 'Give it back as `cursor` for the next part; null at the end.' });

export const unavailable = z
  .array(z.strictObject({ collection: z.string(), message: z.string() }))
  .openapi({ description: 'Collections that could not answer just now, and so are not in this list.' });

export const incomplete = z
  .array(z.strictObject({ collection: z.string(), versionsWithoutText: z.int().min(1) }))
  .openapi({ description: 'Collections of which only a part can be searched yet: what is not found may stand there.' });

/** A part of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ data: z.array(item), nextCursor, unavailable });
