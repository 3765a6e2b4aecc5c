import { createHash } from 'node:crypto';

/** Eight characters of base64url stand for 48 bits: among 100,000 services two have the same key in one of 56,000 cases. */
const CHARACTERS = 8;

/** The key of a service in the files for extensions. Follows from its names alone, so it outlives every rebuild. */
export const serviceKey = (collection: string, serviceId: string): string =>
  createHash('sha256').update(`${collection}\0${serviceId}`).digest('base64url').slice(0, CHARACTERS);
