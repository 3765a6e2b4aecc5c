import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LoadedSettings, loadSettings, type Settings } from '../../cli/settings.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const GIT = { path: './elsewhere/versions', publish: true, repository: 'git@git.example:versions.git' };

async function load(
  engine: unknown,
  env: NodeJS.ProcessEnv = {},
  options: object = {},
): Promise<LoadedSettings & { directory: string; origin: (key: keyof Settings) => string | undefined }> {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'config'));
  const configuration = JSON.stringify({ '@opentermsarchive/engine': engine });
  await writeFile(join(directory, 'config', 'production.json'), configuration);
  const loaded = await loadSettings({ collectionDirectory: directory, env, options });
  return { ...loaded, directory, origin: (name) => loaded.entries.find(({ key }) => key === name)?.origin };
}

test('defaults', async () => {
  const { settings, directory, entries, ignored, faults } = await load({});
  expect(settings).toEqual({
    schedule: '30 */12 * * *',
    language: 'en',
    userAgent: expect.stringMatching(/^Mozilla\/5\.0 \(compatible; Clausewatch\/\d+\.\d+\.\d+\)$/),
    contact: undefined,
    robots: false,
    plainConcurrency: 8,
    browserConcurrency: 3,
    hostPause: 1000,
    secondFetch: true,
    secondFetchWait: 30_000,
    totalTimeout: 60_000,
    firstFetchTimeout: 3_600_000,
    fetchTimeout: 600_000,
    allowAddresses: [],
    dataDirectory: join(directory, 'data'),
    versionsDirectory: join(directory, 'data/versions'),
    snapshotsDirectory: join(directory, 'data/snapshots'),
    ledgerFile: join(directory, 'data/ledger.sqlite'),
    indexFile: join(directory, 'data/index.sqlite'),
    lockFile: join(directory, 'data/tracker.lock'),
    snapshotIdentifierTemplate: './data/snapshots/%SNAPSHOT_ID',
    authorName: 'Clausewatch',
    authorEmail: 'clausewatch@localhost.invalid',
    publish: false,
    diskFloor: 200_000_000,
    browserExecutable: undefined,
    datasetSchedule: undefined,
    datasetTitle: undefined,
    datasetLicense: undefined,
    logLevel: 'info',
    host: '127.0.0.1',
    port: 3000,
    basePath: '',
    publicUrl: undefined,
    trustedProxies: [],
    collectionApiBasePath: '/collection-api',
    versionUrlTemplate: undefined,
    rateLimit: 1200,
    requestTimeout: 10_000,
    accessLog: 'paths',
    metricsFrom: ['loopback'],
  } satisfies Settings);
  expect(new Set(entries.map(({ origin }) => origin))).toEqual(new Set(['default']));
  expect(new Set(entries.map(({ key }) => key))).toEqual(new Set(Object.keys(settings)));
  expect([...ignored, ...faults]).toEqual([]);
});

describe('precedence', () => {
  test('configuration over defaults, environment over both, options over all', async () => {
    const engine = { trackingSchedule: '0 6 * * *', fetcher: { language: 'fr' } };
    const first = await load(engine);
    expect([first.settings.schedule, first.origin('schedule')]).toEqual(['0 6 * * *', 'config/production.json']);
    const env = { CLAUSEWATCH_SCHEDULE: '0 7 * * *', CLAUSEWATCH_LANGUAGE: '' };
    const second = await load(engine, env);
    expect([second.settings.schedule, second.origin('schedule')]).toEqual([
      '0 7 * * *',
      'environment CLAUSEWATCH_SCHEDULE',
    ]);
    expect([second.settings.language, second.origin('language')]).toEqual(['fr', 'config/production.json']);
    const third = await load(engine, env, { schedule: '0 8 * * *', services: ['A'] });
    expect([third.settings.schedule, third.origin('schedule')]).toEqual(['0 8 * * *', 'option --schedule']);
  });

  test('NODE_ENV chooses the file', async () => {
    const { settings } = await load({ trackingSchedule: '0 6 * * *' }, { NODE_ENV: 'staging' });
    expect(settings.schedule).toBe('30 */12 * * *');
  });

  test('the configuration’s paths start from the collection and yield to a data folder that was named', async () => {
    const engine = { recorder: { versions: { storage: { git: GIT } } } };
    const configured = await load(engine);
    expect(configured.settings.versionsDirectory).toBe(join(configured.directory, 'elsewhere/versions'));
    expect(configured.settings.snapshotsDirectory).toBe(join(configured.directory, 'data/snapshots'));
    expect(configured.origin('versionsDirectory')).toBe('config/production.json');
    const named = await load(engine, { CLAUSEWATCH_DATA: '/srv/a' }, { data: '/srv/b' });
    expect(named.settings).toMatchObject({
      dataDirectory: '/srv/b',
      versionsDirectory: '/srv/b/versions',
      snapshotsDirectory: '/srv/b/snapshots',
      ledgerFile: '/srv/b/ledger.sqlite',
      lockFile: '/srv/b/tracker.lock',
    });
    expect(named.origin('versionsDirectory')).toBe('option --data');
  });

  test('only a person switches pushing on, never a configuration', async () => {
    const engine = { recorder: { versions: { storage: { git: GIT } } } };
    const { settings, ignored } = await load(engine);
    expect(settings.publish).toBe(false);
    expect(ignored).toContainEqual({
      key: 'recorder.versions.storage.git.publish',
      origin: 'config/production.json',
      reason: 'nothing is pushed before --publish or CLAUSEWATCH_PUBLISH=true',
    });
    expect((await load(engine, { CLAUSEWATCH_PUBLISH: 'true' })).settings.publish).toBe(true);
    expect((await load(engine, { CLAUSEWATCH_PUBLISH: 'true' }, { publish: false })).settings.publish).toBe(false);
    expect((await load(engine, {}, { publish: true })).settings.publish).toBe(true);
  });
});

test('values of OTA’s configurations', async () => {
  const git = {
    snapshotIdentiferTemplate: 'https://git.example/commit/%SNAPSHOT_ID',
    author: { name: 'Bot', email: 'bot@club.example' },
  };
  const { settings, ignored } = await load({
    fetcher: { language: 'fr-FR, fr;q=0.9, en;q=0.8', navigationTimeout: 1 },
    recorder: { versions: { storage: { type: 'git', git } } },
    reporter: { type: 'github' },
  });
  expect(settings).toMatchObject({
    language: 'fr-FR, fr, en',
    snapshotIdentifierTemplate: 'https://git.example/commit/%SNAPSHOT_ID',
    authorName: 'Bot',
    authorEmail: 'bot@club.example',
  });
  expect(ignored.map(({ key, reason }) => [key, reason])).toEqual([
    ['fetcher.navigationTimeout', 'Clausewatch has its own limits for fetching'],
    ['recorder.versions.storage.type', 'records live in git, in no other storage'],
    ['reporter.type', 'Clausewatch does not use it'],
  ]);
});

test('the server', async () => {
  const api = { port: 8080, basePath: 'ota/', feed: { versionUrlTemplate: 'https://x.example/v/%VERSION_ID' } };
  const { settings, ignored, origin } = await load({ 'collection-api': api });
  expect(settings).toMatchObject({
    port: 8080,
    collectionApiBasePath: '/ota',
    basePath: '',
    versionUrlTemplate: 'https://x.example/v/%VERSION_ID',
  });
  expect([origin('port'), ignored]).toEqual(['config/production.json', []]);
  const given = await load(
    { 'collection-api': api },
    {
      CLAUSEWATCH_PORT: '0',
      CLAUSEWATCH_TRUST_PROXY: 'loopback, 10.0.0.0/8',
      CLAUSEWATCH_METRICS_FROM: 'none',
      CLAUSEWATCH_ACCESS_LOG: 'full',
      CLAUSEWATCH_RATE_LIMIT: '0',
    },
    { host: '::', basePath: '/a/b/', publicUrl: 'https://watch.example/a/b/' },
  );
  expect(given.faults).toEqual([]);
  expect(given.settings).toMatchObject({
    port: 0,
    host: '::',
    basePath: '/a/b',
    publicUrl: 'https://watch.example/a/b',
    trustedProxies: ['loopback', '10.0.0.0/8'],
    metricsFrom: [],
    accessLog: 'full',
    rateLimit: 0,
  });
});

test('second fetches are on, and can be turned off and waited for', async () => {
  expect((await load({})).settings).toMatchObject({ secondFetch: true, secondFetchWait: 30_000 });
  const off = await load({}, { CLAUSEWATCH_SECOND_FETCH: 'off', CLAUSEWATCH_SECOND_FETCH_WAIT: '0' });
  expect(off.settings).toMatchObject({ secondFetch: false, secondFetchWait: 0 });
  const on = await load({}, { CLAUSEWATCH_SECOND_FETCH: 'false' }, { secondFetch: 'on', secondFetchWait: '500' });
  expect(on.settings).toMatchObject({ secondFetch: true, secondFetchWait: 500 });
  expect(on.origin('secondFetchWait')).toBe('option --second-fetch-wait');
});

test('who runs the tracker is named to the services', async () => {
  const { settings, origin } = await load({}, { CLAUSEWATCH_CONTACT: 'https://club.example/bot' });
  expect(settings.userAgent).toMatch(/; \+https:\/\/club\.example\/bot\)$/);
  expect(origin('userAgent')).toBe('environment CLAUSEWATCH_CONTACT');
  const own = await load({}, { CLAUSEWATCH_CONTACT: 'x', CLAUSEWATCH_USER_AGENT: 'Mine/1' });
  expect(own.settings.userAgent).toBe('Mine/1');
});

test('numbers and lists from the environment', async () => {
  const { settings, faults } = await load(
    {},
    { CLAUSEWATCH_HOST_PAUSE: '0', CLAUSEWATCH_PLAIN_CONCURRENCY: '20', PUPPETEER_EXECUTABLE_PATH: '/opt/browser' },
    { allowAddress: ['127.0.0.1', '127.0.0.1:8080', '::1', '[::1]:80', 'site.test:443'] },
  );
  expect(faults).toEqual([]);
  expect(settings).toMatchObject({ hostPause: 0, plainConcurrency: 20, browserExecutable: '/opt/browser' });
  expect(settings.allowAddresses).toHaveLength(5);
});

test.each<[string, unknown, NodeJS.ProcessEnv, object, string]>([
  [
    'schedule',
    { trackingSchedule: 'every day' },
    {},
    {},
    'the setting schedule (config/production.json, trackingSchedule) is the text "every day"; expected a cron expression such as "30 */12 * * *"',
  ],
  [
    'schedule',
    {},
    {},
    { schedule: '99 * * * *' },
    'the setting schedule (option --schedule) is the text "99 * * * *"; expected a cron',
  ],
  [
    'hostPause',
    {},
    { CLAUSEWATCH_HOST_PAUSE: '-1' },
    {},
    'the setting hostPause (environment CLAUSEWATCH_HOST_PAUSE) is the text "-1"; expected a whole number, 0 or more',
  ],
  ['hostPause', {}, { CLAUSEWATCH_HOST_PAUSE: 'NaN' }, {}, 'expected a whole number, 0 or more'],
  ['plainConcurrency', {}, { CLAUSEWATCH_PLAIN_CONCURRENCY: '0' }, {}, 'expected a whole number, 1 or more'],
  ['secondFetch', {}, { CLAUSEWATCH_SECOND_FETCH: 'sometimes' }, {}, 'expected on or off'],
  ['secondFetchWait', {}, { CLAUSEWATCH_SECOND_FETCH_WAIT: '3000000000' }, {}, 'expected milliseconds, 2147483647 or'],
  ['secondFetchWait', {}, {}, { secondFetchWait: 'soon' }, 'expected a whole number, 0 or more'],
  ['fetchTimeout', {}, { CLAUSEWATCH_FETCH_TIMEOUT: '3000000000' }, {}, 'expected milliseconds, 2147483647 or fewer'],
  ['publish', {}, { CLAUSEWATCH_PUBLISH: 'maybe' }, {}, 'expected true or false'],
  ['logLevel', {}, { CLAUSEWATCH_LOG_LEVEL: 'loud' }, {}, 'expected one of trace, debug,'],
  ['language', { fetcher: { language: 'en_GB; drop' } }, {}, {}, 'expected language tags separated by commas'],
  ['allowAddresses', {}, { CLAUSEWATCH_ALLOW_ADDRESSES: '127.0.0.1:99999' }, {}, 'found “127.0.0.1:99999”'],
  ['allowAddresses', {}, {}, { allowAddress: ['site.test'] }, 'found “site.test”'],
  [
    'authorName',
    { recorder: { versions: { storage: { git: { author: { name: 'a\nb' } } } } } },
    {},
    {},
    'expected a text on one line',
  ],
  [
    'snapshotIdentifierTemplate',
    { recorder: { versions: { storage: { git: { snapshotIdentiferTemplate: 'x' } } } } },
    {},
    {},
    'expected a text that contains %SNAPSHOT_ID',
  ],
  ['port', { 'collection-api': { port: 70_000 } }, {}, {}, 'expected a port: a number up to 65535'],
  ['port', {}, { CLAUSEWATCH_PORT: 'http' }, {}, 'expected a whole number, 0 or more'],
  ['basePath', {}, {}, { basePath: '/a/../b' }, 'expected a path of letters, digits and hyphens such as /terms'],
  ['basePath', {}, { CLAUSEWATCH_BASE_PATH: '/:id' }, {}, 'expected a path of letters'],
  ['publicUrl', {}, {}, { publicUrl: 'watch.example' }, 'expected an address such as https://watch.example'],
  ['publicUrl', {}, {}, { publicUrl: 'javascript:alert(1)' }, 'expected an address such as'],
  ['publicUrl', {}, {}, { publicUrl: 'https://x.example/?a' }, 'expected an address such as'],
  ['trustedProxies', {}, {}, { trustProxy: 'my-proxy' }, 'found “my-proxy”'],
  ['metricsFrom', {}, { CLAUSEWATCH_METRICS_FROM: '10.0.0.0/99' }, {}, 'found “10.0.0.0/99”'],
  ['accessLog', {}, { CLAUSEWATCH_ACCESS_LOG: 'all' }, {}, 'expected one of off, paths, full'],
  ['versionUrlTemplate', { 'collection-api': { feed: { versionUrlTemplate: 'x' } } }, {}, {}, 'contains %VERSION_ID'],
  ['contact', {}, { CLAUSEWATCH_CONTACT: 'Zoë' }, {}, 'expected a text of ASCII characters'],
])('a bad %s is a fault that names it, and the default stands: %#', async (key, engine, env, options, message) => {
  const { faults, settings, origin } = await load(engine, env, options);
  expect(faults.map((fault) => fault.message)).toEqual([expect.stringContaining(message)]);
  expect(origin(key as keyof Settings)).toBe('default');
  expect(settings[key as keyof Settings]).toEqual((await load({})).settings[key as keyof Settings]);
});

test('a mistyped variable is named', async () => {
  const { ignored } = await load({}, { CLAUSEWATCH_PUBLIS: 'true', OTHER: 'x' });
  expect(ignored).toEqual([
    {
      key: 'CLAUSEWATCH_PUBLIS',
      origin: 'environment',
      reason: 'not a setting of Clausewatch; did you mean CLAUSEWATCH_PUBLISH?',
    },
  ]);
});

test('the contact is by default where metadata.yml says that the declarations are', async () => {
  const directory = await temporaryDirectory();
  const metadata =
    'id: x\nname: X\ntagline: T\nlanguages: [en]\njurisdictions: [EU]\ndeclarations: https://git.example/x\n';
  await writeFile(join(directory, 'metadata.yml'), metadata);
  const { settings } = await loadSettings({ collectionDirectory: directory, env: {} });
  expect(settings.contact).toBe('https://git.example/x');
  expect(settings.userAgent).toContain('; +https://git.example/x)');
  const { settings: own } = await loadSettings({
    collectionDirectory: directory,
    env: { CLAUSEWATCH_CONTACT: 'me@x.example' },
  });
  expect(own.contact).toBe('me@x.example');
});
