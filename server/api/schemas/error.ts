import { z } from '@hono/zod-openapi';
import type { ApiErrorBody } from '../contract.ts';
import { schemaOf } from './schema-of.ts';

export const errorBody = schemaOf<ApiErrorBody>()(
  'Error',
  z.strictObject({
    error: z.strictObject({
      code: z.enum([
        'invalid-request',
        'query-syntax',
        'cursor-outdated',
        'too-many-rows',
        'too-large',
        'not-found',
        'method-not-allowed',
        'index-unavailable',
        'records-unavailable',
        'too-expensive',
        'busy',
        'internal',
      ]),
      message: z.string(),
      next: z.string().optional().openapi({ description: 'What to do now.' }),
      faults: z
        .array(z.strictObject({ parameter: z.string(), message: z.string() }))
        .optional()
        .openapi({ description: 'All faults of the request.' }),
    }),
  }),
);
