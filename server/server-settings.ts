import type { AccessLog } from './http/access-log.ts';

/** What a person can set of the server. */
export interface ServerSettings {
  /** Before all paths: `''` or `/path`. */
  readonly basePath: string;
  /** Address under which readers reach it, base path included; undefined: as asked for, see `createPublicUrl`. */
  readonly publicUrl: string | undefined;
  /** Where OTA's Collection API of the default collection also is: `/collection-api` gives `/collection-api/v1/…`. */
  readonly collectionApiBasePath: string;
  /** Where people read a version, `%VERSION_ID` in the place of its id; undefined: here. */
  readonly versionUrlTemplate: string | undefined;
  /** Addresses and ranges whose forwarded headers count. */
  readonly trustedProxies: readonly string[];
  /** Points that a client may spend in a minute; 0: no limit. */
  readonly rateLimit: number;
  /** Milliseconds until an answer has to be begun. */
  readonly requestTimeout: number;
  readonly accessLog: AccessLog;
  /** Addresses and ranges that may ask for the metrics. */
  readonly metricsFrom: readonly string[];
}

export const DEFAULT_SERVER_SETTINGS: ServerSettings = {
  basePath: '',
  publicUrl: undefined,
  collectionApiBasePath: '/collection-api',
  versionUrlTemplate: undefined,
  trustedProxies: [],
  rateLimit: 1200,
  requestTimeout: 10_000,
  accessLog: 'paths',
  metricsFrom: ['loopback'],
};
