import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { atStart, refreshNow, startUnlessStarted } from '../../../extension/background/on-alarm.ts';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { readToldSites } from '../../../extension/icon/told-state.ts';
import { noteSuccess } from '../../../extension/state/last-refresh.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { fakeToolbar } from '../../helpers/extension/fake-toolbar.ts';
import { type FileServer, openFileServer } from '../../helpers/extension/file-server.ts';
import { buildMadeUp } from '../../helpers/extension/made-up-files.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ago = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();
const isoDay = () => ago(24 * HOUR);

let server: FileServer;

beforeEach(async () => {
  fakeBrowser.reset();
  fakeToolbar();
  server = await openFileServer();
  const alerts = [{ date: isoDay() }];
  server.show(await buildMadeUp([{ key: 'larkmail', domain: 'lark.example', alerts }]));
  await changeSettings({ server: server.address });
});
afterEach(() => dropFiles());

/** Minutes until the next refresh. */
async function minutesLeft(): Promise<number> {
  const alarm = await fakeBrowser.alarms.get('refresh');
  return ((alarm?.scheduledTime ?? Number.NaN) - Date.now()) / MINUTE;
}

describe('refreshNow', () => {
  test('tells of what it read, and comes again after six hours, more or less', async () => {
    expect(await refreshNow()).toEqual({ kind: 'newer' });
    expect(await readToldSites()).toEqual({ 'lark.example': 'news' });
    expect(await minutesLeft()).toSatisfy((left: number) => left > 329 && left < 391);
    expect(await refreshNow()).toEqual({ kind: 'same' });
  });

  test('comes again within the hour where the server could not be reached, and tells what was told', async () => {
    await refreshNow();
    await server.close();
    expect(await refreshNow()).toEqual({ kind: 'failed', reason: 'unreachable' });
    expect(await readToldSites()).toEqual({ 'lark.example': 'news' });
    expect(await minutesLeft()).toSatisfy((left: number) => left > 19 && left < 61);
  });

  test('asks nobody where no server is chosen, but goes on', async () => {
    await changeSettings({ server: '' });
    expect(await refreshNow()).toBeUndefined();
    expect(server.requests).toEqual([]);
    expect(await minutesLeft()).toSatisfy((left: number) => left > 19);
  });
});

describe('a start of the browser', () => {
  test.each<[string, number | undefined, [number, number]]>([
    ['refreshes within minutes where it never did', undefined, [0.4, 3]],
    ['refreshes within minutes where the last time was missed', 7 * HOUR, [0.4, 3]],
    ['and where nothing is due, at its hour', 2 * HOUR, [100, 400]],
  ])('%s', async (_name, since, [least, most]) => {
    await fakeBrowser.alarms.create('refresh', { delayInMinutes: 200 });
    if (since !== undefined) await noteSuccess(new Date(Date.now() - since));
    await atStart();
    expect(await minutesLeft()).toSatisfy((left: number) => left > least && left < most);
    expect(server.requests).toEqual([]);
  });

  test('a worker that is woken starts nothing where a time is set, and everything where none is', async () => {
    await fakeBrowser.alarms.create('refresh', { delayInMinutes: 200 });
    await startUnlessStarted();
    expect(await minutesLeft()).toSatisfy((left: number) => left > 199);
    await fakeBrowser.alarms.clearAll();
    await startUnlessStarted();
    expect(await minutesLeft()).toSatisfy((left: number) => left < 3);
  });
});
