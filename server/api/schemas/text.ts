import { z } from '@hono/zod-openapi';
import type {
  ChangeInterval,
  ClauseAnswer,
  ClauseHistory,
  ClauseLife,
  PassageHistory,
  SearchAnswer,
  SearchHit,
} from '../contract.ts';
import { incomplete, unavailable } from './page.ts';
import { count, date, orNull, recordId, schemaOf } from './schema-of.ts';

export const interval = schemaOf<ChangeInterval>()(
  'ChangeInterval',
  z.strictObject({
    after: date.nullable().openapi({ description: 'Last moment at which the former state is known to have stood.' }),
    by: date.openapi({ description: 'First moment at which the new state is known.' }),
    basis: z.enum(['checks', 'records', 'first-record']),
    gap: z
      .strictObject({ days: z.number(), reason: z.enum(['no-records', 'failed-checks', 'no-checks']) })
      .nullable()
      .openapi({ description: 'Time in between in which nothing could be seen.' }),
    versionId: recordId,
    isTechnicalUpgrade: z.boolean(),
  }),
);

const life = schemaOf<ClauseLife>()(
  'ClauseLife',
  z.strictObject({
    appeared: interval,
    disappeared: orNull(interval).openapi({ description: 'null: in force.' }),
    absences: z.array(z.strictObject({ from: interval, until: interval })),
  }),
);

const clauseShape = {
  collection: z.string(),
  clauseId: z.int(),
  serviceId: z.string(),
  termsType: z.string(),
  heading: z.string().nullable(),
  life,
  wordings: z.array(z.strictObject({ blockId: z.int(), text: z.string(), markdown: z.string(), life })),
};

const clauseHistory = schemaOf<ClauseHistory>()('ClauseHistory', z.strictObject(clauseShape));

export const clauseAnswer = schemaOf<ClauseAnswer>()('Clause', z.strictObject({ ...clauseShape, incomplete }));

export const passageHistory = schemaOf<PassageHistory>()(
  'PassageHistory',
  z.strictObject({
    data: z.array(clauseHistory),
    isComplete: z.boolean().openapi({ description: 'false: there may be more clauses than are told.' }),
    incomplete,
  }),
);

const hit = schemaOf<SearchHit>()(
  'SearchHit',
  z.strictObject({
    collection: z.string(),
    clauseId: z.int(),
    blockId: z.int(),
    serviceId: z.string(),
    serviceName: z.string(),
    termsType: z.string(),
    heading: z.string().nullable(),
    text: z.string(),
    excerpt: z.array(z.strictObject({ text: z.string(), isMatch: z.boolean() })),
    life,
    score: z.number(),
  }),
);

export const searchAnswer = schemaOf<SearchAnswer>()(
  'SearchAnswer',
  z.strictObject({
    data: z.array(hit),
    total: count,
    isTotalBounded: z.boolean(),
    limit: count,
    offset: count,
    unavailable,
    incomplete,
  }),
);
