import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { answerWith } from '../../../extension/background/answer.ts';
import { answerMessages } from '../../../extension/background/answer-messages.ts';
import { startBackground } from '../../../extension/background/start.ts';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { readToldSites } from '../../../extension/icon/told-state.ts';
import { deleteData } from '../../../extension/state/delete-data.ts';
import { markRead, readMarks, startKnowing } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { type FakeToolbar, fakeToolbar } from '../../helpers/extension/fake-toolbar.ts';
import { type FileServer, openFileServer } from '../../helpers/extension/file-server.ts';
import { wordsIn } from '../../helpers/extension/made-popup.ts';
import { alertsOf, buildMadeUp, type MadeUpService } from '../../helpers/extension/made-up-files.ts';

const LARK: MadeUpService = {
  key: 'larkmail',
  domain: 'lark.example',
  alerts: [{ date: new Date(Date.now() - 86_400_000).toISOString() }],
};
type Answerer = (message: unknown, sender: unknown, answer: (answer: unknown) => void) => unknown;

vi.mock(import('../../../extension/words/words.ts'), () => ({ loadWords: async () => wordsIn('en') }));

const OWN_PAGE = { id: 'own-id', url: 'chrome-extension://own-id/options.html' };

let toolbar: FakeToolbar;
let server: FileServer;

beforeEach(async () => {
  fakeBrowser.reset();
  toolbar = fakeToolbar();
  server = await openFileServer();
  server.show(await buildMadeUp([LARK]));
});
afterEach(() => dropFiles());

const settled = (sites: unknown) => vi.waitFor(async () => expect(await readToldSites()).toEqual(sites), 5_000);

describe('the background', () => {
  test('opens the welcome page once it is installed, and not after an update', async () => {
    const create = vi.fn(async () => ({}));
    Object.assign(fakeBrowser.tabs, { create });
    startBackground();
    await fakeBrowser.runtime.onInstalled.trigger({ reason: 'update', temporary: false } as never);
    await vi.waitFor(async () => expect(await fakeBrowser.alarms.get('refresh')).toBeDefined());
    expect(create).not.toHaveBeenCalled();
    await fakeBrowser.runtime.onInstalled.trigger({ reason: 'install', temporary: false } as never);
    await vi.waitFor(() => expect(create).toHaveBeenCalledOnce());
    expect(create).toHaveBeenCalledWith({ url: expect.stringContaining('/welcome.html') });
  });

  test('reads from a server as soon as it is chosen, tells at once what is marked, and nothing of deleted data', async () => {
    startBackground();
    await changeSettings({ server: server.address });
    await settled({ 'lark.example': 'news' });
    await startKnowing('larkmail', new Date(0));
    await settled({ 'lark.example': 1 });
    await markRead(
      'larkmail',
      alertsOf(LARK).map(({ id }) => id),
    );
    await settled({});
    await startKnowing('other-01', new Date(0));
    await deleteData();
    await settled({});
  });

  test('follows tabs only while it may know them', async () => {
    startBackground();
    await changeSettings({ server: server.address });
    await settled({ 'lark.example': 'news' });
    const tab = { id: 7, url: 'https://lark.example/', incognito: false };
    const navigate = () => fakeBrowser.tabs.onUpdated.trigger(7, { status: 'loading', url: tab.url }, tab as never);
    expect(fakeBrowser.tabs.onUpdated.hasListeners()).toBe(false);
    toolbar.tabs = [tab];
    await toolbar.grant('tabs');
    await vi.waitFor(() => expect(toolbar.shown.get(7)?.icon).toBe('/icons/news-16.png'));
    toolbar.shown.clear();
    await navigate();
    await vi.waitFor(() => expect(toolbar.shown.get(7)?.icon).toBe('/icons/news-16.png'));
    await toolbar.revoke('tabs');
    expect(fakeBrowser.tabs.onUpdated.hasListeners()).toBe(false);
    await vi.waitFor(() => expect(toolbar.shown.get(7)?.icon).toBe('/icons/plain-16.png'));
  });

  test.each<[string, unknown, { id?: string; url?: string }, unknown]>([
    ['an own page that asks to refresh', { kind: 'refresh' }, OWN_PAGE, { kind: 'newer' }],
    ['a script in a website', { kind: 'refresh' }, { ...OWN_PAGE, url: 'https://lark.example/' }, undefined],
    ['another extension', { kind: 'refresh' }, { ...OWN_PAGE, id: 'other' }, undefined],
    ['nobody', { kind: 'refresh' }, {}, undefined],
    ['an own page that asks to mark', { kind: 'mark', key: LARK.key, ids: ['id'], isRead: true }, OWN_PAGE, true],
    ['an own page that asks to mark nothing sensible', { kind: 'mark', key: 7, ids: {} }, OWN_PAGE, true],
    [
      'a script in a website that asks to mark',
      { kind: 'mark' },
      { ...OWN_PAGE, url: 'https://lark.example/' },
      undefined,
    ],
    ['an own page that asks something else', { kind: 'constructor' }, OWN_PAGE, undefined],
    ['an own page that asks nothing', null, OWN_PAGE, undefined],
  ])('answers %s', async (_name, message, sender, answer) => {
    await changeSettings({ server: server.address });
    Object.assign(fakeBrowser.runtime, {
      id: OWN_PAGE.id,
      getURL: (path: string) => `chrome-extension://own-id${path}`,
    });
    const listeners: Answerer[] = [];
    vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener').mockImplementation((listener: Answerer) => {
      listeners.push(listener);
    });
    startBackground();
    const given = vi.fn();
    const isAnswered = listeners.map((listener) => listener(message, sender, given));
    expect(isAnswered.filter((one) => one !== undefined)).toEqual(answer === undefined ? [] : [true]);
    if (answer !== undefined) await vi.waitFor(() => expect(given.mock.calls).toEqual([[answer]]));
    vi.restoreAllMocks();
  });

  test('notes marks for popups, which are gone before they could', async () => {
    let listen: Answerer | undefined;
    vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener').mockImplementation((listener: Answerer) => {
      listen = listener;
    });
    Object.assign(fakeBrowser.runtime, {
      id: OWN_PAGE.id,
      getURL: (path: string) => `chrome-extension://own-id${path}`,
    });
    answerMessages();
    await startKnowing(LARK.key, new Date(0));
    const readNow = async () => (await readMarks([LARK.key])).get(LARK.key)?.read.map(([id]) => id);
    const say = (isRead: boolean) =>
      listen?.({ kind: 'mark', key: LARK.key, ids: ['a', 'b'], isRead }, OWN_PAGE, () => {});
    say(true);
    await vi.waitFor(async () => expect(await readNow()).toEqual(['a', 'b']));
    say(false);
    await vi.waitFor(async () => expect(await readNow()).toEqual([]));
    vi.restoreAllMocks();
  });

  test('answers by nothing where something went wrong, so that whoever asked goes on', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let listen: Answerer | undefined;
    vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener').mockImplementation((listener: Answerer) => {
      listen = listener;
    });
    answerWith(() => Promise.reject(new Error('The disk is gone.')));
    const given = vi.fn();
    expect(listen?.({ kind: 'refresh' }, OWN_PAGE, given)).toBe(true);
    await vi.waitFor(() => expect(given.mock.calls).toEqual([[]]));
    expect(told).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });
});
