import { DEFAULT_FETCH_LIMITS } from '../archive/git/mirror.ts';
import { SERVER_SETTING_SOURCES } from './server-setting-sources.ts';
import type { SettingSource } from './setting-source.ts';
import * as read from './setting-values.ts';

const source = <Value>(description: SettingSource<Value>): SettingSource<Value> => description;

const versionsGit = 'recorder.versions.storage.git';

/** Everything that can be given from outside; {@link loadSettings} derives the rest from it. */
export const SETTING_SOURCES = {
  ...SERVER_SETTING_SOURCES,
  schedule: source({
    read: read.cron,
    fallback: '30 */12 * * *',
    configuration: ['trackingSchedule'],
    environment: ['CLAUSEWATCH_SCHEDULE'],
    option: 'schedule',
  }),
  language: source({
    read: read.languages,
    fallback: 'en',
    configuration: ['fetcher.language'],
    environment: ['CLAUSEWATCH_LANGUAGE'],
  }),
  contact: source<string | undefined>({
    read: read.headerText,
    fallback: undefined,
    environment: ['CLAUSEWATCH_CONTACT'],
  }),
  userAgent: source<string | undefined>({
    read: read.headerText,
    fallback: undefined,
    environment: ['CLAUSEWATCH_USER_AGENT'],
  }),
  robots: source({ read: read.flag, fallback: false, environment: ['CLAUSEWATCH_ROBOTS'] }),
  plainConcurrency: source({
    read: read.count(1),
    fallback: 8,
    environment: ['CLAUSEWATCH_PLAIN_CONCURRENCY'],
  }),
  browserConcurrency: source({
    read: read.count(1),
    fallback: 3,
    environment: ['CLAUSEWATCH_BROWSER_CONCURRENCY'],
  }),
  hostPause: source({ read: read.count(0), fallback: 1000, environment: ['CLAUSEWATCH_HOST_PAUSE'] }),
  secondFetch: source({
    read: read.onOrOff,
    fallback: true,
    environment: ['CLAUSEWATCH_SECOND_FETCH'],
    option: 'secondFetch',
  }),
  secondFetchWait: source({
    read: read.wait,
    fallback: 30_000,
    environment: ['CLAUSEWATCH_SECOND_FETCH_WAIT'],
    option: 'secondFetchWait',
  }),
  totalTimeout: source({ read: read.count(1), fallback: 60_000, environment: ['CLAUSEWATCH_TOTAL_TIMEOUT'] }),
  firstFetchTimeout: source({
    read: read.milliseconds,
    fallback: DEFAULT_FETCH_LIMITS.first,
    environment: ['CLAUSEWATCH_FIRST_FETCH_TIMEOUT'],
  }),
  fetchTimeout: source({
    read: read.milliseconds,
    fallback: DEFAULT_FETCH_LIMITS.again,
    environment: ['CLAUSEWATCH_FETCH_TIMEOUT'],
  }),
  allowAddresses: source<readonly string[]>({
    read: read.addresses,
    fallback: [],
    environment: ['CLAUSEWATCH_ALLOW_ADDRESSES'],
    option: 'allowAddress',
  }),
  data: source<string | undefined>({
    read: read.text,
    fallback: undefined,
    environment: ['CLAUSEWATCH_DATA'],
    option: 'data',
  }),
  versionsPath: source<string | undefined>({
    read: read.text,
    fallback: undefined,
    configuration: [`${versionsGit}.path`],
  }),
  snapshotsPath: source<string | undefined>({
    read: read.text,
    fallback: undefined,
    configuration: ['recorder.snapshots.storage.git.path'],
  }),
  snapshotIdentifierTemplate: source({
    read: read.snapshotTemplate,
    fallback: './data/snapshots/%SNAPSHOT_ID',
    // OTA's own spelling first.
    configuration: [`${versionsGit}.snapshotIdentiferTemplate`, `${versionsGit}.snapshotIdentifierTemplate`],
    environment: ['CLAUSEWATCH_SNAPSHOT_IDENTIFIER_TEMPLATE'],
  }),
  authorName: source({
    read: read.text,
    fallback: 'Clausewatch',
    configuration: [`${versionsGit}.author.name`],
    environment: ['CLAUSEWATCH_AUTHOR_NAME'],
  }),
  authorEmail: source({
    read: read.text,
    fallback: 'clausewatch@localhost.invalid',
    configuration: [`${versionsGit}.author.email`],
    environment: ['CLAUSEWATCH_AUTHOR_EMAIL'],
  }),
  publish: source({ read: read.flag, fallback: false, environment: ['CLAUSEWATCH_PUBLISH'], option: 'publish' }),
  diskFloor: source({ read: read.count(0), fallback: 200_000_000, environment: ['CLAUSEWATCH_DISK_FLOOR'] }),
  browserExecutable: source<string | undefined>({
    read: read.text,
    fallback: undefined,
    environment: ['CLAUSEWATCH_BROWSER', 'PUPPETEER_EXECUTABLE_PATH'],
  }),
  datasetSchedule: source<string | undefined>({
    read: read.cron,
    fallback: undefined,
    configuration: ['dataset.publishingSchedule'],
    environment: ['CLAUSEWATCH_DATASET_SCHEDULE'],
  }),
  datasetTitle: source<string | undefined>({
    read: read.text,
    fallback: undefined,
    configuration: ['dataset.title'],
    environment: ['CLAUSEWATCH_DATASET_TITLE'],
  }),
  datasetLicense: source<string | undefined>({
    read: read.licenceId,
    fallback: undefined,
    configuration: ['dataset.license'],
    environment: ['CLAUSEWATCH_DATASET_LICENSE'],
  }),
  logLevel: source({
    read: read.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    fallback: 'info',
    environment: ['CLAUSEWATCH_LOG_LEVEL'],
  }),
};

/** What was given, by the name of its source. */
export type GivenSettings = {
  readonly [Key in keyof typeof SETTING_SOURCES]: (typeof SETTING_SOURCES)[Key]['fallback'];
};
