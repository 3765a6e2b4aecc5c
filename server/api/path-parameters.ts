import { z } from '@hono/zod-openapi';

// What a path names is a name or it is not found: nothing in a path is an unreadable request.
const part = (description: string, example: string) => z.string().openapi({ description, example });

export const COLLECTION = { collection: part('Id of the collection.', 'demo') };
export const SERVICE = { ...COLLECTION, service: part('Id of the service, case-sensitive.', 'Example Mail') };
export const TERMS = { ...SERVICE, termsType: part('Terms type.', 'Privacy Policy') };
export const VERSION = { ...COLLECTION, version: part('Id of the version: a full commit hash.', 'a'.repeat(40)) };
