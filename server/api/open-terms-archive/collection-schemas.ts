import {
  count,
  errorSchema,
  flag,
  link,
  listOf,
  moment,
  object,
  orNull,
  ref,
  type Schema,
  text,
} from './openapi-parts.ts';

const termsName = object({ serviceId: text, termsType: text });

const versionItem = {
  id: text,
  serviceId: text,
  termsType: text,
  fetchDate: moment,
  isFirstRecord: flag,
  isTechnicalUpgrade: flag,
};

/** Lines against the version before; null where not counted yet. */
const lines = { additions: orNull(count), deletions: orNull(count) };

const page = (item: string): Schema => object({ data: listOf(ref(item)), count, limit: count, offset: count });

/** The shapes of the Collection API's answers. */
export const COLLECTION_SCHEMAS: Readonly<Record<string, Schema>> = {
  Error: errorSchema,
  Metadata: {
    ...object(
      { id: text, name: text, totalServices: count, totalTerms: count, engineVersion: text },
      { tagline: text, description: text, languages: listOf(text), jurisdictions: listOf(text), logo: link },
    ),
    description: 'The collection’s metadata.yml, with counts and the version of this program.',
  },
  ServiceListItem: object({ id: text, name: text, terms: listOf(object({ type: text })) }),
  Service: object({
    id: text,
    name: text,
    terms: listOf(object({ type: text, sourceDocuments: listOf(ref('SourceDocument')) })),
  }),
  SourceDocument: object(
    {},
    {
      location: link,
      contentSelectors: { description: 'A CSS selector, a range, or a list of both.' },
      insignificantContentSelectors: { description: 'Likewise: what is left out.' },
      executeClientScripts: flag,
      filters: listOf(text),
    },
  ),
  VersionListItem: object(versionItem),
  VersionListItemWithStats: object({ ...versionItem, ...lines }),
  PaginatedVersions: page('VersionListItem'),
  PaginatedVersionsWithStats: page('VersionListItemWithStats'),
  Version: object({
    ...versionItem,
    content: { type: 'string', description: 'Markdown.' },
    fetchUrls: listOf(link),
    links: object({ first: orNull(text), prev: orNull(text), next: orNull(text), last: orNull(text) }),
    ...lines,
  }),
  TrackingResult: object({ serviceId: text, termsType: text, status: ref('Status'), event: ref('TrackingEvent') }),
  Status: { type: 'string', enum: ['ok', 'failed'] },
  TrackingEvent: {
    ...object(
      {
        date: moment,
        serviceName: text,
        sourceDocuments: listOf(
          object(
            { id: orNull(text), fetch: link, mimeType: orNull(text), snapshotId: orNull(text) },
            { select: {}, remove: {}, filter: {}, executeClientScripts: flag },
          ),
        ),
      },
      { reasons: listOf(text), transientError: object({ reasons: listOf(text) }) },
    ),
    description:
      'The last change of the status, its reasons included. Reasons begin with [fetch], [extraction] or [internal].',
  },
  PaginatedTrackingResults: page('TrackingResult'),
  TrackingRun: object({
    runId: text,
    collectionId: text,
    schedule: orNull(text),
    lastRun: object({ startDate: moment, endDate: moment, engineVersion: text, status: { const: 'completed' } }),
    declarations: object({ commit: orNull(text), services: count, terms: count }),
    tracked: object({ ok: count, failed: count }),
    coverage: object({
      processed: count,
      skipped: listOf(object({ serviceId: text, termsType: text, reason: text })),
    }),
    transitions: object({
      newFailures: listOf(termsName),
      recoveries: listOf(termsName),
      reasonChanges: listOf(termsName),
    }),
    transientErrors: count,
  }),
  Dataset: object({
    filename: text,
    title: text,
    license: text,
    releaseDate: moment,
    firstVersionDate: orNull(moment),
    lastVersionDate: orNull(moment),
    servicesCount: count,
    termsCount: count,
    versionsCount: count,
    size: count,
    sha256: text,
    downloadURL: link,
  }),
};
