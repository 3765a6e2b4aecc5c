import { z } from '@hono/zod-openapi';
import type { Declaration, SameTerms, SameTermsList, Service, Services, Terms, TermsDetail } from '../contract.ts';
import { pageOf } from './page.ts';
import { count, date, orNull, recordId, schemaOf } from './schema-of.ts';
import { trackingState } from './tracking.ts';
import { version } from './version.ts';

const termsShape = {
  collection: z.string(),
  serviceId: z.string(),
  termsType: z.string(),
  isDeclared: z.boolean(),
  locations: z.array(z.string()),
  versions: count,
  technicalUpgrades: count,
  snapshots: count,
  firstDate: date.nullable(),
  latestDate: date.nullable(),
  latestVersionId: recordId.nullable(),
  formerly: z.array(z.strictObject({ serviceId: z.string(), termsType: z.string() })),
};

const terms = schemaOf<Terms>()('Terms', z.strictObject(termsShape));

export const service = schemaOf<Service>()(
  'Service',
  z.strictObject({
    collection: z.string(),
    id: z.string(),
    name: z.string(),
    isDeclared: z.boolean(),
    terms: z.array(terms),
  }),
);

export const services = schemaOf<Services>()('Services', pageOf(service));

export const termsDetail = schemaOf<TermsDetail>()(
  'TermsDetail',
  z.strictObject({
    ...termsShape,
    serviceName: z.string(),
    first: orNull(version),
    latest: orNull(version),
    tracking: trackingState,
    alsoIn: z.array(z.strictObject({ collection: z.string(), serviceId: z.string(), termsType: z.string() })),
  }),
);

const sameTerms = schemaOf<SameTerms>()(
  'SameTerms',
  z.strictObject({
    serviceName: z.string(),
    termsType: z.string(),
    locations: z.array(z.string()),
    terms: z.array(terms),
  }),
);

export const sameTermsList = schemaOf<SameTermsList>()(
  'SameTermsList',
  z.strictObject({ data: z.array(sameTerms), total: count, offset: count, limit: count }),
);

export const declaration = schemaOf<Declaration>()(
  'Declaration',
  z.strictObject({
    collection: z.string(),
    serviceId: z.string(),
    termsType: z.string(),
    validUntil: date.nullable(),
    sourceDocuments: z.array(
      z.strictObject({
        id: z.string(),
        location: z.string(),
        select: z.unknown(),
        remove: z.unknown(),
        filter: z.array(z.unknown()),
        executeClientScripts: z.boolean().nullable(),
      }),
    ),
  }),
);
