import type { Context } from 'hono';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { ServerDeps } from '../../deps.ts';
import type { WrittenVersions } from './written-versions.ts';

/** What the routes of one collection's API share. */
export interface RoutesContext {
  readonly collection: ServedCollection;
  readonly deps: ServerDeps;
  readonly written: WrittenVersions;
  /** Address of this API as readers see it, without a slash at the end; the same wherever it is mounted besides. */
  readonly address: (c: Context) => string;
  /** Where a version can be read by people, `%VERSION_ID` standing for its id; undefined: this API's own answer. */
  readonly versionUrlTemplate: string | undefined;
}

/** Path of a collection's API below the server's public address. */
export const collectionApiPath = (collectionId: string): string => `/${encodeURIComponent(collectionId)}/api/v1`;
