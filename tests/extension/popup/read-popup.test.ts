import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { dropFiles, keepAlerts, keepLines, showFiles } from '../../../extension/files/keep-files.ts';
import { closeFiles } from '../../../extension/files/open-files.ts';
import { readPopup } from '../../../extension/popup/read-popup.ts';
import { showServices } from '../../../extension/popup/shown-services.ts';
import { noteFailure, noteSuccess } from '../../../extension/state/last-refresh.ts';
import { readMarks } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import type { ExtensionManifest } from '../../../server/api/contract.ts';
import { alert, larkmail, NOW } from '../../helpers/extension/made-popup.ts';

const SERVER = 'https://watch.example/terms';
const SITE = { url: 'https://mail.larkmail.example/inbox' };
const hash = (letter: string): string => letter.repeat(64);
const manifest: ExtensionManifest = {
  format: 1,
  name: 'Harbour Watch',
  website: SERVER,
  epoch: 'first',
  sequence: 1,
  newestRecord: null,
  recentSince: '2026-02-18',
  index: { sha256: hash('1'), bytes: 1 },
  services: { sha256: hash('2'), bytes: 1 },
  recent: [{ sha256: hash('3'), bytes: 1 }],
};
const bytes = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
const { coverage } = larkmail();

/** Stored as a refresh does it. */
async function store(server = SERVER): Promise<void> {
  await keepLines(
    hash('1'),
    bytes(['larkmail.example\tlarkmail\t\t0', 'shared.example\tlarkmail,unknowns,larknote\t\t0']),
  );
  const note = { ...coverage, serviceId: 'Larknote', name: 'Larknote' };
  await keepLines(
    hash('2'),
    bytes([`larkmail\t${JSON.stringify(coverage)}`, `larknote\t${JSON.stringify(note)}`]),
    100,
  );
  await keepAlerts(hash('3'), [alert('a', '2026-03-10T08:00:00.000Z')]);
  await showFiles({ server, manifest });
}

const storedItems = async (): Promise<string[]> => Object.keys(await fakeBrowser.storage.local.get(null)).toSorted();
const markOf = async (key: string): Promise<unknown> =>
  (await fakeBrowser.storage.local.get(`mark:${key}`))[`mark:${key}`];

beforeEach(async () => {
  fakeBrowser.reset();
  await dropFiles();
  closeFiles();
  await changeSettings({ server: SERVER });
  // Whatever a popup shows, it asks nobody.
  vi.stubGlobal('fetch', () => expect.fail('A popup made a request.'));
  return () => vi.unstubAllGlobals();
});

describe('nothing to show', () => {
  test('no server', async () => {
    await changeSettings({ server: '' });
    expect((await readPopup(SITE, NOW)).content).toEqual({ kind: 'no_server' });
  });

  test('nothing downloaded, and why', async () => {
    await noteFailure('unreachable');
    const { content, server } = await readPopup(SITE, NOW);
    expect(content).toEqual({ kind: 'no_files', server: 'watch.example', failure: 'unreachable' });
    expect(server).toEqual({ name: 'watch.example', website: '' });
  });

  test('the files are those of another server than the one that is chosen now', async () => {
    await store('https://former.example');
    expect((await readPopup(SITE, NOW)).content.kind).toBe('no_files');
  });

  test.each([
    ['a private window', { ...SITE, incognito: true }, { kind: 'private' }],
    ['a part of the browser', { url: 'about:config' }, { kind: 'internal' }],
    ['a tab that may not be known', {}, { kind: 'unknown' }],
    ['no tab', undefined, { kind: 'unknown' }],
    [
      'a site that is not covered',
      { url: 'https://gull.example' },
      { kind: 'untracked', host: 'gull.example', server: 'Harbour Watch' },
    ],
    [
      'a site of which only the name is alike',
      { url: 'https://notlarkmail.example' },
      { kind: 'untracked', host: 'notlarkmail.example', server: 'Harbour Watch' },
    ],
  ])('%s; nothing is noted', async (_name, tab, content) => {
    await store();
    const before = await storedItems();
    expect((await readPopup(tab, NOW)).content).toEqual(content);
    expect(await storedItems()).toEqual(before);
  });
});

describe('a site that is covered', () => {
  test('is known from the first look on: what came before is not unread', async () => {
    await store();
    const { content, server } = await readPopup(SITE, NOW);
    const [service] = content.kind === 'site' ? content.services : [];
    expect(service).toMatchObject({ key: 'larkmail', coverage, lookedAt: undefined });
    expect(service?.alerts.map(({ id }) => id[0])).toEqual(['a']);
    expect(service?.mark?.since).toBe(NOW.toISOString());
    expect(await markOf('larkmail')).toMatchObject({ since: NOW.toISOString(), lookedAt: NOW.toISOString() });
    expect((await readMarks(['larkmail'])).get('larkmail')).toEqual(service?.mark);
    expect(server).toEqual({ name: 'Harbour Watch', website: SERVER });
  });

  test('at the first look nothing of it is unread; what its files did not have yet is, where they or the server were behind', async () => {
    await store();
    await noteSuccess(new Date(NOW.getTime() - 5 * 86_400_000));
    const unread = async (): Promise<readonly unknown[]> => {
      const { content } = await readPopup(SITE, NOW);
      const services = content.kind === 'site' ? showServices(content.services, content.settings) : [];
      return services.flatMap(({ news }) =>
        news.documents.flatMap((document) => document.unread.map(({ id }) => id[0])),
      );
    };
    expect(await unread()).toEqual([]);
    const dates = ['2026-03-10', '2026-03-11', '2026-03-13', '2026-03-19', '2026-03-21'];
    await keepAlerts(
      hash('3'),
      dates.map((day, place) => alert('abcde'.charAt(place), `${day}T08:00:00.000Z`)).toReversed(),
    );
    closeFiles();
    // The files were of 15 March: three days more are left to the server.
    expect(await unread()).toEqual(['e', 'd', 'c']);
  });

  test('is known as before at the next look, with the moment of the last one', async () => {
    await store();
    await readPopup(SITE, new Date('2026-03-01T00:00:00Z'));
    const { content } = await readPopup(SITE, NOW);
    const [service] = content.kind === 'site' ? content.services : [];
    expect(service?.lookedAt).toBe('2026-03-01T00:00:00.000Z');
    expect(service?.mark?.since).toBe('2026-03-01T00:00:00.000Z');
    expect(await markOf('larkmail')).toMatchObject({ lookedAt: NOW.toISOString() });
  });

  test('is shown also where nothing can be noted', async () => {
    await store();
    await readPopup(SITE, new Date('2026-03-01T00:00:00Z'));
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('The disk is full.'));
    const { content } = await readPopup(SITE, NOW);
    vi.restoreAllMocks();
    expect(content.kind === 'site' && content.services[0]?.mark?.since).toBe('2026-03-01T00:00:00.000Z');
  });

  test('may have several services; those of which nothing is known are left out', async () => {
    await store();
    const { content } = await readPopup({ url: 'https://shared.example' }, NOW);
    expect(content.kind === 'site' && content.services.map(({ key }) => key)).toEqual(['larkmail', 'larknote']);
    expect(await markOf('unknowns')).toBeUndefined();
  });
});
