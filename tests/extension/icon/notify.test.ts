import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { followNotifications, notifyOfNews } from '../../../extension/icon/notify.ts';
import { markRead, startKnowing } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { type FakeToolbar, fakeToolbar } from '../../helpers/extension/fake-toolbar.ts';
import { wordsIn } from '../../helpers/extension/made-popup.ts';
import { alertsOf, type MadeUpService, plantFiles } from '../../helpers/extension/made-up-files.ts';

vi.mock(import('../../../extension/words/words.ts'), () => ({ loadWords: async () => wordsIn('en') }));

const NOW = new Date('2026-03-20T12:00:00Z');
const NEXT_WEEK = new Date('2026-03-28T12:00:00Z');
const SINCE = new Date('2026-02-01T12:00:00Z');
const HOSTILE = '<img src=x onerror=alert(1)>';

const LARK: MadeUpService = {
  key: 'larkmail',
  domain: 'lark.example',
  coverage: { name: HOSTILE, serviceId: 'Lark Mail' },
  alerts: [{ termsType: 'Privacy Policy', topics: ['ai/training'], wordsAdded: 12, wordsRemoved: 3 }],
};
const BRASS: MadeUpService = { key: 'brass-01', domain: 'brass.example', alerts: [{}, {}, {}] };
const QUIET: MadeUpService = { key: 'quiet-01', domain: 'quiet.example' };
const STRANGE: MadeUpService = { key: 'strange1', domain: 'strange.example', alerts: [{}] };
const [larksChange] = alertsOf(LARK);

interface Shown {
  readonly title: string;
  readonly message: string;
}

let toolbar: FakeToolbar;
let shown: Map<string, Shown>;
let opened: string[];

beforeEach(async () => {
  fakeBrowser.reset();
  toolbar = fakeToolbar();
  toolbar.granted.add('notifications');
  shown = new Map();
  opened = [];
  Object.assign(fakeBrowser.notifications, {
    create: async (id: string, given: Shown) => shown.set(id, given),
    clear: async (id: string) => shown.delete(id),
  });
  Object.assign(fakeBrowser.tabs, { create: async ({ url }: { readonly url: string }) => opened.push(url) });
  await changeSettings({ server: 'https://watch.example', notifications: 'each' });
  await plantFiles('https://watch.example', [QUIET]);
  await notifyOfNews(NOW);
  for (const key of ['larkmail', 'brass-01', 'quiet-01']) await startKnowing(key, SINCE);
});
afterEach(() => dropFiles());

describe('notifyOfNews', () => {
  test('tells of a change of a service that was looked at, once, and leads to its redline', async () => {
    await plantFiles('https://watch.example', [LARK, QUIET, STRANGE]);
    await notifyOfNews(NOW);
    const id = `larkmail ${larksChange?.id}`;
    expect([...shown]).toEqual([
      [
        id,
        expect.objectContaining({
          title: `${HOSTILE}: Privacy Policy changed`,
          message: '1 March 2026 · training of AI · +12 −3 words',
        }),
      ],
    ]);
    followNotifications();
    await fakeBrowser.notifications.onClicked.trigger(id);
    await vi.waitFor(() =>
      expect(opened).toEqual([
        `https://harbour.example/en/harbour/services/Lark%20Mail/Privacy%20Policy/redlines/${larksChange?.previousId}/${larksChange?.id}`,
      ]),
    );
    expect(shown.size).toBe(0);
    await notifyOfNews(NEXT_WEEK);
    expect(shown.size).toBe(0);
  });

  test('tells of many changes together', async () => {
    await plantFiles('https://watch.example', [LARK, BRASS]);
    await notifyOfNews(NOW);
    expect([...shown.values()]).toEqual([
      expect.objectContaining({ title: '2 services changed their terms', message: `${HOSTILE}, Service brass-01` }),
    ]);
  });

  test('tells once a week, where that is chosen', async () => {
    await changeSettings({ notifications: 'weekly' });
    await plantFiles('https://watch.example', [LARK]);
    await notifyOfNews(NOW);
    expect(shown.size).toBe(0);
    await notifyOfNews(NEXT_WEEK);
    expect([...shown.values()].map(({ title }) => title)).toEqual(['1 service changed its terms']);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'what was read',
      () =>
        markRead(
          'larkmail',
          alertsOf(LARK).map(({ id }) => id),
        ),
    ],
    ['muted services', () => changeSettings({ mutedServices: ['larkmail'] })],
    ['other topics than those chosen', () => changeSettings({ topics: ['money/fees'] })],
    ['anything, without the permission', async () => toolbar.granted.delete('notifications')],
    ['anything, turned off', () => changeSettings({ notifications: 'off' })],
  ])('does not tell of %s', async (_name, change) => {
    await plantFiles('https://watch.example', [LARK]);
    await change();
    await notifyOfNews(NOW);
    expect(shown.size).toBe(0);
  });

  test('turned off and on again, it does not tell of what was unread meanwhile', async () => {
    await changeSettings({ notifications: 'off' });
    await notifyOfNews(NOW);
    await plantFiles('https://watch.example', [LARK]);
    await changeSettings({ notifications: 'each' });
    await notifyOfNews(NOW);
    await notifyOfNews(NEXT_WEEK);
    expect(shown.size).toBe(0);
  });
});
