import { z } from '@hono/zod-openapi';
import type {
  Collection,
  CollectionMetadata,
  Collections,
  Coverage,
  DomainsFile,
  ServiceList,
  ServiceLists,
} from '../contract.ts';
import { count, date, orNull, schemaOf } from './schema-of.ts';
import { trackingFailure } from './tracking.ts';

const metadata = schemaOf<CollectionMetadata>()(
  'CollectionMetadata',
  z
    .strictObject({
      id: z.string(),
      name: z.string(),
      tagline: z.string(),
      languages: z.array(z.string()),
      jurisdictions: z.array(z.string()),
      description: z.string().optional(),
      dataset: z.string().optional(),
      declarations: z.string().optional(),
      versions: z.string().optional(),
      snapshots: z.string().optional(),
      donations: z.string().nullable().optional(),
      logo: z.string().optional(),
      trackingPeriods: z
        .array(
          z.strictObject({
            startDate: z.string(),
            endDate: z.string().optional(),
            schedule: z.string(),
            serverLocation: z.string(),
          }),
        )
        .optional(),
      governance: z
        .record(
          z.string(),
          z.strictObject({ url: z.string().optional(), logo: z.string().optional(), roles: z.array(z.string()) }),
        )
        .optional(),
      i18n: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    })
    .openapi({ description: "Open Terms Archive's metadata.yml: who keeps the collection, and what it is." }),
);

export const collection = schemaOf<Collection>()(
  'Collection',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['tracked', 'mirrored']),
    schedule: z.string().nullable().openapi({ description: 'Cron expression of its runs or fetches.' }),
    metadata: orNull(metadata),
    counts: z
      .strictObject({
        services: count,
        terms: count,
        declaredServices: count,
        declaredTerms: count,
        versions: count,
        snapshots: count,
      })
      .nullable()
      .openapi({ description: 'null while the index cannot be read.' }),
    index: z.strictObject({
      activity: z.enum(['ready', 'building', 'failed']),
      building: z
        .strictObject({ part: z.enum(['records', 'analysis', 'text', 'lines']), done: count, total: count })
        .nullable(),
      message: z.string().nullable(),
      updatedAt: date.nullable(),
      versionsWithoutText: count.nullable(),
      versionsWithoutAnalysis: count.nullable(),
      isJudgedAnew: z.boolean().nullable(),
    }),
    links: z.strictObject({
      self: z.string(),
      services: z.string(),
      coverage: z.string(),
      statistics: z.string(),
      collectionApi: z.string(),
      feed: z.string(),
    }),
  }),
);

export const collections = schemaOf<Collections>()('Collections', z.strictObject({ data: z.array(collection) }));

export const coverage = schemaOf<Coverage>()(
  'Coverage',
  z.strictObject({
    collection: z.string(),
    areChecksKnown: z.boolean(),
    declaredTerms: count,
    failingTerms: count,
    reasons: z.array(z.strictObject({ stage: z.string(), reason: z.string(), terms: count })),
    failing: z.array(
      z.strictObject({
        serviceId: z.string(),
        termsType: z.string(),
        since: date,
        consecutiveFailures: count,
        failures: z.array(trackingFailure),
      }),
    ),
    lastRun: z
      .strictObject({
        kind: z.string(),
        startedAt: date,
        endedAt: date.nullable(),
        status: z.enum(['completed', 'interrupted', 'failed']).nullable(),
      })
      .nullable(),
    checks: z.strictObject({ total: count, failed: count }).nullable(),
  }),
);

const member = z.strictObject({ collection: z.string(), serviceId: z.string() });

export const serviceList = schemaOf<ServiceList>()(
  'ServiceList',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    members: z.array(member),
  }),
);

export const serviceLists = schemaOf<ServiceLists>()('ServiceLists', z.strictObject({ data: z.array(serviceList) }));

export const domains = schemaOf<DomainsFile>()(
  'Domains',
  z.strictObject({
    domains: z.record(
      z.string(),
      z.array(
        z.strictObject({
          collection: z.string(),
          serviceId: z.string(),
          serviceName: z.string(),
          termsTypes: z.array(z.string()),
        }),
      ),
    ),
  }),
);
