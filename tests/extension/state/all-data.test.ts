import { beforeEach, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readAlerts, readStored } from '../../../extension/files/file-store.ts';
import { openFiles } from '../../../extension/files/open-files.ts';
import { deleteData } from '../../../extension/state/delete-data.ts';
import { exportData } from '../../../extension/state/export-data.ts';
import { readInstalledAt } from '../../../extension/state/installed-at.ts';
import { noteFailure, noteSuccess, readLastRefresh } from '../../../extension/state/last-refresh.ts';
import { markRead, readAllMarks, startKnowing } from '../../../extension/state/marks.ts';
import { keepReceipt, readReceipts } from '../../../extension/state/receipts.ts';
import { SCHEMA } from '../../../extension/state/schema.ts';
import { changeSettings, readSettings } from '../../../extension/state/settings.ts';
import { plantFiles } from '../../helpers/extension/made-up-files.ts';

const NOW = new Date('2026-03-20T12:00:00.000Z');

beforeEach(() => fakeBrowser.reset());

async function live(): Promise<void> {
  await readInstalledAt(NOW);
  await changeSettings({ server: 'https://harbour.example', days: 7 });
  await startKnowing('larkmail', NOW, { isStarred: true });
  await markRead('larkmail', ['a'], NOW);
  const service = { key: 'larkmail', serviceName: 'Larkmail', termsType: 'Terms of Service' };
  await keepReceipt({ ...service, versionId: null, versionDate: null, agreedAt: NOW.toISOString() });
  await plantFiles('https://harbour.example', [{ key: 'larkmail', domain: 'larkmail.example', alerts: [{}] }]);
  await noteSuccess(NOW);
  await browser.storage.session.set({ shown: 1 });
}

test('everything that is kept of a person is exported, as JSON', async () => {
  await live();
  const exported = JSON.parse(JSON.stringify(await exportData(NOW)));
  expect(exported).toMatchObject({ exportedBy: 'Clausewatch 0.1.0', exportedAt: NOW.toISOString() });
  expect(exported.items).toEqual(await browser.storage.local.get(null));
  const names = ['installedAt', 'lastRefresh', 'mark:larkmail', 'receipts', 'settings'];
  expect(Object.keys(exported.items)).toEqual(expect.arrayContaining(names));
});

test('everything is deleted: as if it had just been installed', async () => {
  await live();
  expect(await openFiles()).toBeDefined();
  const before = await readSettings();
  await deleteData();
  expect(await browser.storage.local.get(null)).toEqual({ schema: SCHEMA });
  expect(await browser.storage.session.get(null)).toEqual({});
  expect(await readStored()).toBeUndefined();
  expect(await readAlerts('larkmail')).toEqual([]);
  expect(await openFiles()).toBeUndefined();
  expect(await readAllMarks()).toEqual(new Map());
  expect(await readReceipts()).toEqual([]);
  expect(await readSettings()).not.toEqual(before);
  expect(await readLastRefresh()).toEqual({ succeededAt: null, failure: null });
  const again = new Date('2026-04-01T12:00:00.000Z');
  expect(await readInstalledAt(again)).toEqual(again);
});

test('the moment of installation is noted once', async () => {
  expect(await readInstalledAt(NOW)).toEqual(NOW);
  expect(await readInstalledAt(new Date())).toEqual(NOW);
  await browser.storage.local.set({ installedAt: 'long ago' });
  const again = new Date('2026-04-01T12:00:00.000Z');
  expect(await readInstalledAt(again)).toEqual(again);
});

test.each<[string, unknown, object]>([
  ['garbage', 7, { succeededAt: null, failure: null }],
  ['a moment that is none', { succeededAt: 'today' }, { succeededAt: null, failure: null }],
  ['a failure of a later program', { failure: 'eclipse' }, { succeededAt: null, failure: 'refused' }],
])('the last refresh heals: %s', async (_name, stored, healed) => {
  await browser.storage.local.set({ lastRefresh: stored });
  expect(await readLastRefresh()).toEqual(healed);
  await noteSuccess(NOW);
  await noteFailure('busy');
  expect(await readLastRefresh()).toEqual({ succeededAt: NOW.toISOString(), failure: 'busy' });
});
