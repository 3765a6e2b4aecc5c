import { DEFAULT_SERVER_SETTINGS as fallback } from '../server/server-settings.ts';
import * as read from './server-setting-values.ts';
import type { SettingSource } from './setting-source.ts';
import { count, oneOf, text } from './setting-values.ts';

const source = <Value>(description: SettingSource<Value>): SettingSource<Value> => description;

/** As paths in the configuration are written where a key is no plain word. */
const collectionApi = '["collection-api"]';

/** Settings of the server, for `serve` and `start`. Names in the configuration are those of OTA's engine. */
export const SERVER_SETTING_SOURCES = {
  host: source({ read: text, fallback: '127.0.0.1', environment: ['CLAUSEWATCH_HOST'], option: 'host' }),
  port: source({
    read: read.port,
    fallback: 3000,
    configuration: [`${collectionApi}.port`],
    environment: ['CLAUSEWATCH_PORT'],
    option: 'port',
  }),
  basePath: source({
    read: read.basePath,
    fallback: fallback.basePath,
    environment: ['CLAUSEWATCH_BASE_PATH'],
    option: 'basePath',
  }),
  publicUrl: source<string | undefined>({
    read: read.publicUrl,
    fallback: fallback.publicUrl,
    environment: ['CLAUSEWATCH_PUBLIC_URL'],
    option: 'publicUrl',
  }),
  trustedProxies: source({
    read: read.addressRanges,
    fallback: fallback.trustedProxies,
    environment: ['CLAUSEWATCH_TRUST_PROXY'],
    option: 'trustProxy',
  }),
  collectionApiBasePath: source({
    read: read.basePath,
    fallback: fallback.collectionApiBasePath,
    configuration: [`${collectionApi}.basePath`],
  }),
  versionUrlTemplate: source<string | undefined>({
    read: read.versionUrlTemplate,
    fallback: fallback.versionUrlTemplate,
    configuration: [`${collectionApi}.feed.versionUrlTemplate`],
    environment: ['CLAUSEWATCH_VERSION_URL_TEMPLATE'],
  }),
  rateLimit: source({ read: count(0), fallback: fallback.rateLimit, environment: ['CLAUSEWATCH_RATE_LIMIT'] }),
  requestTimeout: source({
    read: count(1),
    fallback: fallback.requestTimeout,
    environment: ['CLAUSEWATCH_REQUEST_TIMEOUT'],
  }),
  accessLog: source({
    read: oneOf('off', 'paths', 'full'),
    fallback: fallback.accessLog,
    environment: ['CLAUSEWATCH_ACCESS_LOG'],
  }),
  metricsFrom: source({
    read: read.addressRanges,
    fallback: fallback.metricsFrom,
    environment: ['CLAUSEWATCH_METRICS_FROM'],
  }),
};
