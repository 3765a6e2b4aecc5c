import { COLLECTION_SCHEMAS } from './collection-schemas.ts';
import {
  INFO_LICENSE,
  json,
  listOf,
  NOT_MODIFIED,
  type OpenApiDocument,
  object,
  operation,
  PAGE,
  ref,
  refusal,
  text,
} from './openapi-parts.ts';

const found = (what: string, schema: string) => ({ 200: json(what, ref(schema)), 304: NOT_MODIFIED });
const feed = {
  200: { description: 'Atom.', content: { 'application/atom+xml': { schema: text } } },
  304: NOT_MODIFIED,
};
const noFeed = {
  404: { description: 'No such service or terms; a sentence.', content: { 'text/html': { schema: text } } },
};
const badPage = { 400: refusal('`limit`, `offset` or `status` is not what it should be.') };
const zip = { 'application/zip': { schema: { type: 'string', contentMediaType: 'application/zip' } } };

const PATHS = Object.fromEntries([
  operation('/', 'Metadata', 'Says where the documentation is', {
    200: json('A sentence.', object({ message: text })),
  }),
  operation('/docs', 'Metadata', 'This documentation', {
    200: {
      description: 'This document where `Accept` asks for JSON, else a page for people.',
      content: { 'application/json': { schema: { type: 'object' } }, 'text/html': { schema: text } },
    },
  }),
  operation('/metadata', 'Metadata', 'What the collection is', found('The metadata.', 'Metadata')),
  operation(
    '/services',
    'Services',
    'All services',
    { 200: json('The services.', listOf(ref('ServiceListItem'))), 304: NOT_MODIFIED },
    { description: 'Those that are declared; of a mirror without declarations, those that have records.' },
  ),
  operation('/service/{serviceId}', 'Services', 'A service with its declaration', {
    ...found('The service.', 'Service'),
    404: refusal('No such service.'),
  }),
  operation('/version/{versionId}', 'Versions', 'A version by its id', {
    ...found('The version.', 'Version'),
    404: refusal('No such version.'),
  }),
  operation('/version/{serviceId}/{termsType}/latest', 'Versions', 'The latest version of terms', {
    ...found('The version.', 'Version'),
    404: refusal('No version of such terms.'),
  }),
  operation('/version/{serviceId}/{termsType}/{date}', 'Versions', 'The version of terms in force at a date', {
    ...found('The version.', 'Version'),
    400: refusal('Not a date.'),
    404: refusal('No version at that date.'),
    416: refusal('The date is in the future.'),
  }),
  operation(
    '/versions',
    'Versions',
    'All versions, newest first',
    { ...found('A part of the list.', 'PaginatedVersions'), ...badPage },
    {
      query: PAGE,
      description:
        'Newest in the order of recording; dates may run backwards where a technical upgrade carries the date of its snapshot.',
    },
  ),
  operation(
    '/versions/{serviceId}',
    'Versions',
    'All versions of a service',
    { ...found('A part of the list.', 'PaginatedVersions'), ...badPage, 404: refusal('No versions.') },
    { query: PAGE },
  ),
  operation(
    '/versions/{serviceId}/{termsType}',
    'Versions',
    'All versions of terms, with counts of changed lines',
    { ...found('A part of the list.', 'PaginatedVersionsWithStats'), ...badPage, 404: refusal('No versions.') },
    { query: PAGE },
  ),
  operation(
    '/tracking-results',
    'Tracking results',
    'How the latest completed run found all terms',
    { ...found('A part of the list; empty before the first run.', 'PaginatedTrackingResults'), ...badPage },
    { query: { status: ['Only results with this status.', ref('Status')], ...PAGE } },
  ),
  operation('/tracking-results/run', 'Tracking results', 'The latest completed run', {
    ...found('The run.', 'TrackingRun'),
    404: refusal('None has completed yet; always so where the collection is a mirror.'),
  }),
  operation(
    '/tracking-result/{serviceId}',
    'Tracking results',
    'How the latest completed run found the terms of a service',
    { ...found('A part of the list.', 'PaginatedTrackingResults'), ...badPage, 404: refusal('No results.') },
    { query: PAGE },
  ),
  operation('/tracking-result/{serviceId}/{termsType}', 'Tracking results', 'How it found these terms', {
    ...found('The result.', 'TrackingResult'),
    404: refusal('No result.'),
  }),
  operation('/dataset/latest', 'Dataset', 'The latest dataset', {
    ...found('What is in it and where it is.', 'Dataset'),
    404: refusal('None has been made yet.'),
  }),
  operation('/dataset/latest/download', 'Dataset', 'The latest dataset as a file', {
    200: { description: 'The file.', content: zip },
    206: { description: 'A range of it.', content: zip },
    304: NOT_MODIFIED,
    404: refusal('None has been made yet.'),
    412: refusal('It is not the one that `If-Match` or `If-Unmodified-Since` names.'),
    416: refusal('The range lies outside of it.'),
  }),
  operation('/feed', 'Feeds', 'Changes of the collection', feed, {
    description: 'The last 100, technical upgrades left out.',
  }),
  operation('/feed/{serviceId}', 'Feeds', 'Changes of a service', { ...feed, ...noFeed }),
  operation('/feed/{serviceId}/{termsType}', 'Feeds', 'Changes of terms', { ...feed, ...noFeed }),
]);

/** OpenAPI document of the Collection API. @param url where this one is. */
export const collectionDocument = (url: string): OpenApiDocument => ({
  openapi: '3.1.0',
  info: {
    title: 'Collection API of Open Terms Archive',
    version: '1.0.0',
    description:
      'What one collection declares, has recorded and has checked, as Open Terms Archive’s engine answers it.',
    license: INFO_LICENSE,
  },
  servers: [{ url }],
  paths: PATHS,
  components: { schemas: COLLECTION_SCHEMAS },
});
