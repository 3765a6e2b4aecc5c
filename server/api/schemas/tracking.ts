import { z } from '@hono/zod-openapi';
import type { Check, ChecksPage, TrackingFailure, TrackingState } from '../contract.ts';
import { nextCursor } from './page.ts';
import { count, date, recordId, schemaOf } from './schema-of.ts';

const stage = z.enum(['fetch', 'extract', 'internal']);

export const trackingFailure = schemaOf<TrackingFailure>()(
  'TrackingFailure',
  z.strictObject({ location: z.string(), stage, reason: z.string(), message: z.string() }),
);

export const trackingState = schemaOf<TrackingState>()(
  'TrackingState',
  z.strictObject({
    state: z.enum(['ok', 'failing', 'unchecked', 'not-declared', 'unknown']),
    lastCheck: date.nullable(),
    lastSuccessfulCheck: date.nullable(),
    unchangedSince: date.nullable(),
    failingSince: date.nullable(),
    consecutiveFailures: count,
    failures: z.array(trackingFailure),
  }),
);

const check = schemaOf<Check>()(
  'Check',
  z.strictObject({
    date,
    serviceId: z.string(),
    termsType: z.string(),
    documentId: z.string().nullable(),
    location: z.string(),
    outcome: z.enum(['new', 'changed', 'unchanged', 'not-modified', 'failed']),
    attempt: z.int(),
    durationMs: z.int(),
    snapshotId: recordId.nullable(),
    failure: z
      .strictObject({ stage, reason: z.string(), message: z.string(), httpStatus: z.int().nullable() })
      .nullable(),
  }),
);

export const checksPage = schemaOf<ChecksPage>()(
  'Checks',
  z.strictObject({ areChecksKnown: z.boolean(), data: z.array(check), nextCursor }),
);
