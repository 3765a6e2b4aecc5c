import {
  errorSchema,
  INFO_LICENSE,
  json,
  link,
  listOf,
  NOT_MODIFIED,
  type OpenApiDocument,
  object,
  operation,
  ref,
  refusal,
  text,
} from './openapi-parts.ts';

const PATHS = Object.fromEntries([
  operation('/', 'Federation', 'Says where the documentation is', {
    200: json('A sentence.', object({ message: text })),
  }),
  operation('/docs', 'Federation', 'This documentation', {
    200: {
      description: 'This document where `Accept` asks for JSON, else a page for people.',
      content: { 'application/json': { schema: { type: 'object' } }, 'text/html': { schema: text } },
    },
  }),
  operation('/collections', 'Federation', 'All collections', {
    200: json('The collections, with the addresses of their Collection APIs.', listOf(ref('Collection'))),
    304: NOT_MODIFIED,
  }),
  operation(
    '/services',
    'Federation',
    'Services of all collections',
    { 200: json('Those that match.', ref('Services')), 304: NOT_MODIFIED },
    {
      query: {
        name: ['Part of the service’s name, in any case.', text],
        termsType: ['A type of terms that the service has.', text],
      },
    },
  ),
  operation('/service/{serviceId}', 'Federation', 'The services of all collections with this id', {
    200: json('Where it is.', ref('Services')),
    304: NOT_MODIFIED,
    400: refusal('No service can have this id.'),
    404: json('Nowhere.', ref('Services')),
  }),
]);

/** OpenAPI document of the Federation API. @param url where this one is. */
export const federationDocument = (url: string): OpenApiDocument => ({
  openapi: '3.1.0',
  info: {
    title: 'Federation API of Open Terms Archive',
    version: '1.0.0',
    description: 'Finds services in all collections of this server.',
    license: INFO_LICENSE,
  },
  servers: [{ url }],
  paths: PATHS,
  components: {
    schemas: {
      Error: errorSchema,
      Collection: object({ id: text, name: text, endpoint: link }),
      Services: object({
        results: listOf(
          object({ collection: text, service: object({ id: text, name: text, url: link, termsTypes: listOf(text) }) }),
        ),
        failures: listOf(object({ collection: text, message: text })),
      }),
    },
  },
});
