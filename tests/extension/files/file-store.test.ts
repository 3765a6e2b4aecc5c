import { deleteDB, type IDBPDatabase, openDB, wrap } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { changing, openFilesDatabase } from '../../../extension/files/database.ts';
import {
  allAlerts,
  hasAlerts,
  readAlerts,
  readBytes,
  readFile,
  readStored,
} from '../../../extension/files/file-store.ts';
import { dropFiles, keepAlerts, keepLines, showFiles } from '../../../extension/files/keep-files.ts';
import { closeFiles, findSite, openFiles, readCoverage } from '../../../extension/files/open-files.ts';
import { PART_BYTES } from '../../../extension/files/parts-of-lines.ts';
import { refresh } from '../../../extension/files/refresh.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { openFileServer } from '../../helpers/extension/file-server.ts';
import {
  alertsOf,
  buildMadeUp,
  coverageOf,
  type MadeUpService,
  manifestOf,
  plantFiles,
} from '../../helpers/extension/made-up-files.ts';

const LARK: MadeUpService = { key: 'larkmail', domain: 'larkmail.example', alerts: [{}, { class: 'links' }] };
const BRASS: MadeUpService = { key: 'brass-01', domain: 'brass.example' };
const SERVER = 'https://harbour.example';
/** With another library's hands than those that are tested. */
const filesDatabase = async (): Promise<IDBPDatabase> => wrap(await openFilesDatabase());

beforeEach(() => browser.storage.local.clear());
afterEach(async () => {
  await dropFiles();
  closeFiles();
});

describe('a change of what is kept', () => {
  test.each<[string, (parts: IDBObjectStore) => unknown]>([
    ['something else', () => Promise.reject(new Error('Something else went wrong.'))],
    ['what no database keeps', (parts) => parts.put(() => 1, ['a', 1])],
    ['what is there already', (parts) => parts.add(new Uint8Array(1), ['a', 0])],
  ])('that is broken off by %s changes nothing', async (_name, work) => {
    await plantFiles(SERVER, [LARK]);
    await changing(['parts'], (stores) => stores('parts').put(new Uint8Array(1), ['a', 0]));
    const broken = changing(['alerts', 'parts'], (stores) => {
      stores('alerts').clear();
      return work(stores('parts'));
    });
    await expect(broken).rejects.toThrow();
    expect(await readAlerts('larkmail')).toEqual(alertsOf(LARK));
  });

  test('by two at once is one after the other', async () => {
    const built = await plantFiles(SERVER, [LARK, BRASS]);
    const { sha256 } = built.recent[0] ?? { sha256: '' };
    await Promise.all([keepAlerts(sha256, []), keepAlerts(sha256, alertsOf(LARK)), hasAlerts(sha256)]);
    expect(await readAlerts('larkmail')).toEqual(alertsOf(LARK));
    expect(await hasAlerts(sha256)).toBe(true);
  });
});

describe('files', () => {
  test('nothing was downloaded', async () => {
    expect(await readStored()).toBeUndefined();
    expect(await readBytes('index')).toBeUndefined();
    expect(await readAlerts('larkmail')).toEqual([]);
    expect(await openFiles()).toBeUndefined();
    expect(await readCoverage('larkmail')).toBeUndefined();
  });

  test('are read as they were stored', async () => {
    const { index, services } = await plantFiles(SERVER, [LARK, BRASS]);
    expect(await readBytes('index')).toEqual(index.content);
    expect(await readBytes('services')).toEqual(services.content);
    expect(await readAlerts('larkmail')).toEqual(alertsOf(LARK));
    expect(await readAlerts('brass-01')).toEqual([]);
    expect(await Array.fromAsync(allAlerts())).toEqual([['larkmail', alertsOf(LARK)]]);
    expect(await readCoverage('brass-01')).toEqual(coverageOf(BRASS));
    expect(await readCoverage('unknown-')).toBeUndefined();
  });

  test('of no services at all', async () => {
    await plantFiles(SERVER, []);
    expect(await findSite('larkmail.example')).toBeUndefined();
    expect(await readCoverage('larkmail')).toBeUndefined();
  });

  test('that are not shown yet are not seen', async () => {
    await plantFiles(SERVER, [BRASS]);
    const { index, services, recent } = await buildMadeUp([LARK]);
    await keepLines(index.sha256, index.content);
    await keepLines(services.sha256, services.content);
    for (const { sha256 } of recent) await keepAlerts(sha256, alertsOf(LARK));
    expect(await readAlerts('larkmail')).toEqual([]);
    expect(await readCoverage('larkmail')).toBeUndefined();
  });

  test('that are shown no more are gone', async () => {
    const former = await plantFiles(SERVER, [LARK]);
    await plantFiles(SERVER, [BRASS]);
    expect(await readFile(former.index.sha256)).toBeUndefined();
    expect(await hasAlerts(former.recent[0]?.sha256 ?? '')).toBe(false);
    const database = await filesDatabase();
    expect(await database.count('alerts')).toBe(0);
    expect(await database.count('parts')).toBe(2);
  });

  test('are not shown where one of them is missing', async () => {
    await plantFiles(SERVER, [LARK]);
    const built = await buildMadeUp([BRASS]);
    await keepLines(built.index.sha256, built.index.content);
    await expect(showFiles({ server: SERVER, manifest: manifestOf(built) })).rejects.toThrow(/not stored/);
    expect(await readCoverage('larkmail')).toEqual(coverageOf(LARK));
  });

  test('a transaction that was broken off leaves no half of a file', async () => {
    const { services } = await buildMadeUp([LARK, BRASS]);
    const database = await filesDatabase();
    const transaction = database.transaction(['files', 'parts'], 'readwrite');
    await transaction.objectStore('parts').put(services.content.slice(0, 20), [services.sha256, 0]);
    transaction.abort();
    await expect(transaction.done).rejects.toThrow();
    expect(await readFile(services.sha256)).toBeUndefined();
  });

  test('one service and one site of 100,000 are read with the lines around them alone', async () => {
    const services = Array.from(
      { length: 100_000 },
      (_, place): MadeUpService => ({
        key: `${'-AZ_az09'.charAt(place % 8)}${place.toString(36).padStart(7, '0')}`,
        domain: `site-${place}.example`,
      }),
    );
    const { services: file } = await plantFiles(SERVER, services);
    const { sha256, bytes } = file;
    const database = await filesDatabase();
    const parts = await database.getAll('parts', IDBKeyRange.bound([sha256], [sha256, []]));
    expect(parts.length).toBeGreaterThan(bytes / (PART_BYTES + 1_000));
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(PART_BYTES + 1_000);
    expect(await readBytes('services')).toEqual(file.content);
    for (const place of [0, 1, 7, 8, 4_711, 50_000, 99_998, 99_999]) {
      const service = services[place] ?? LARK;
      expect(await readCoverage(service.key)).toEqual(coverageOf(service));
      expect(await findSite(`a.b.${service.domain}`)).toMatchObject({ domain: service.domain, keys: [service.key] });
    }
    expect(await findSite('site-.example')).toBeUndefined();
    expect(await findSite(`${'x.'.repeat(100)}site-7.example`)).toMatchObject({ domain: 'site-7.example' });
    expect(await readCoverage('00000000')).toBeUndefined();
    expect(await readCoverage('zzzzzzzz')).toBeUndefined();
    expect(await readCoverage('--------')).toBeUndefined();
  });
});

describe('what is in memory', () => {
  test('is read once', async () => {
    await plantFiles(SERVER, [LARK]);
    expect(await openFiles()).toBe(await openFiles());
  });

  test('is read again after a refresh, by whomever', async () => {
    const server = await openFileServer();
    await changeSettings({ server: server.address });
    server.show(await buildMadeUp([LARK]));
    await refresh(server.address);
    expect(await readCoverage('brass-01')).toBeUndefined();
    server.show(await buildMadeUp([LARK, BRASS]));
    await refresh(server.address);
    expect(await readCoverage('brass-01')).toEqual(coverageOf(BRASS));
  });
});

describe('what was damaged is downloaded anew', () => {
  const damages: readonly [
    string,
    (built: Awaited<ReturnType<typeof buildMadeUp>>, server: string) => Promise<unknown>,
  ][] = [
    [
      'other bytes of the index',
      async ({ index }) =>
        (await filesDatabase()).put('parts', new TextEncoder().encode('larkmail.example\tx\t\t0\n'), [index.sha256, 0]),
    ],
    [
      'a part of the services that is gone',
      async ({ services }) => (await filesDatabase()).delete('parts', [services.sha256, 0]),
    ],
    [
      'bytes that are none',
      async ({ services }) => (await filesDatabase()).put('parts', 'text' as never, [services.sha256, 0]),
    ],
    ['how a file is kept', async ({ index }) => (await filesDatabase()).delete('files', index.sha256)],
    ['the alerts of a service', async () => (await filesDatabase()).clear('alerts')],
    ['the manifest', async () => (await filesDatabase()).put('about', { server: 1 } as never, 'stored')],
    [
      'a manifest without files',
      async () => (await filesDatabase()).put('about', { server: SERVER, manifest: {} } as never, 'stored'),
    ],
    [
      'a manifest of the same server without files',
      async (_built, server) => (await filesDatabase()).put('about', { server, manifest: {} } as never, 'stored'),
    ],
    ['everything', async () => dropFiles()],
  ];
  test.each(damages)('%s', async (_name, damage) => {
    const server = await openFileServer();
    await changeSettings({ server: server.address });
    const built = await buildMadeUp([LARK, BRASS]);
    server.show(built);
    await refresh(server.address);
    await damage(built, server.address);
    closeFiles();
    const outcome = await refresh(server.address);
    expect(outcome.kind).not.toBe('failed');
    expect(await readBytes('index')).toEqual(built.index.content);
    expect(await readBytes('services')).toEqual(built.services.content);
    expect(await readCoverage('larkmail')).toEqual(coverageOf(LARK));
    expect(await readAlerts('larkmail')).toEqual(alertsOf(LARK));
  });

  test('alerts of another kind than they should be are left out', async () => {
    const built = await plantFiles(SERVER, [LARK]);
    const database = await filesDatabase();
    const [alert] = alertsOf(LARK);
    const alerts = [{ id: 7 }, null, alert, { ...alert, blocks: 'none' }] as never;
    await database.put('alerts', { shard: built.recent[0]?.sha256 ?? '', key: 'larkmail', alerts });
    expect(await readAlerts('larkmail')).toEqual([alert, alert]);
  });

  test.each([1, 2, 7])('a database of another layout and of version %i', async (version) => {
    const { openFilesDatabase: open } = await reloaded(version);
    const database = await open();
    expect([...database.objectStoreNames].sort()).toEqual(['about', 'alerts', 'files', 'parts']);
    database.close();
  });

  /** As in a new worker, that finds a database of another program. */
  async function reloaded(version: number) {
    await filesDatabase();
    await deleteDB('files');
    const other = await openDB('files', version, { upgrade: (database) => void database.createObjectStore('others') });
    other.close();
    vi.resetModules();
    return import('../../../extension/files/database.ts');
  }
});
