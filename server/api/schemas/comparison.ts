import { z } from '@hono/zod-openapi';
import type { ComparedTerms, Comparison } from '../contract.ts';
import { incomplete, unavailable } from './page.ts';
import { count, date, orNull, recordId, schemaOf } from './schema-of.ts';
import { interval } from './text.ts';

const mention = z.strictObject({
  clauseId: z.int(),
  excerpt: z.array(z.strictObject({ text: z.string(), isMatch: z.boolean() })),
  paragraphs: count.openapi({ description: 'How many paragraphs in force hold it.' }),
  appeared: interval,
  disappeared: orNull(interval).openapi({ description: 'null: in force.' }),
  absences: count.openapi({ description: 'How many times in between no paragraph held it.' }),
});

const changes = z.strictObject({
  count,
  latestDate: date,
  latestVersionId: recordId,
  firstDate: date,
  firstVersionId: recordId,
});

const comparedTerms = schemaOf<ComparedTerms>()(
  'ComparedTerms',
  z.strictObject({
    collection: z.string(),
    serviceId: z.string(),
    serviceName: z.string(),
    termsType: z.string(),
    versions: count,
    firstDate: date,
    latestDate: date,
    latestVersionId: recordId,
    mention: orNull(mention).openapi({ description: 'null: it never stood there, or nothing was searched for.' }),
    changes: orNull(changes).openapi({ description: 'null: there was none, or no topic was asked for.' }),
  }),
);

export const comparison = schemaOf<Comparison>()(
  'Comparison',
  z.strictObject({
    data: z.array(comparedTerms),
    compared: count.openapi({ description: 'Terms that were compared, also those that are not in `data`.' }),
    unavailable,
    incomplete,
  }),
);
