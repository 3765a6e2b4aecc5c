import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { retell } from '../../../extension/background/retell.ts';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { showBadge } from '../../../extension/icon/badge.ts';
import { readToldSites } from '../../../extension/icon/told-state.ts';
import { markRead, markUnread, startKnowing } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { type FakeToolbar, fakeToolbar } from '../../helpers/extension/fake-toolbar.ts';
import { wordsIn } from '../../helpers/extension/made-popup.ts';
import { alertsOf, type MadeUpService, plantFiles } from '../../helpers/extension/made-up-files.ts';

vi.mock(import('../../../extension/words/words.ts'), () => ({ loadWords: async () => wordsIn('en') }));

const LARK: MadeUpService = {
  key: 'larkmail',
  domain: 'lark.example',
  alerts: [{ termsType: 'Terms of Service' }, { termsType: 'Privacy Policy' }, { termsType: 'Privacy Policy' }],
};
const DOCS: MadeUpService = { key: 'larkdocs', domain: 'docs.lark.example' };
const BRASS: MadeUpService = { key: 'brass-01', domain: 'brass.example', alerts: [{}] };
const ids = alertsOf(LARK).map(({ id }) => id);
const NOW = new Date('2026-03-20T12:00:00Z');
const BEFORE = new Date('2026-02-01T12:00:00Z');

let toolbar: FakeToolbar;

beforeEach(async () => {
  fakeBrowser.reset();
  toolbar = fakeToolbar();
  await changeSettings({ server: 'https://watch.example' });
  await plantFiles('https://watch.example', [LARK, DOCS, BRASS]);
});
afterEach(() => dropFiles());

describe('retell', () => {
  test('tells of changes of services never looked at as news, while they are recent', async () => {
    await retell(undefined, NOW);
    expect(await readToldSites()).toEqual({ 'lark.example': 'news', 'docs.lark.example': 0, 'brass.example': 'news' });
    await changeSettings({ days: 7 });
    await retell(undefined, NOW);
    expect(await readToldSites()).toEqual({});
  });

  test('counts documents, not changes, and only what is unread', async () => {
    await startKnowing('larkmail', BEFORE);
    await retell(undefined, NOW);
    expect(await readToldSites()).toMatchObject({ 'lark.example': 2 });
    await markRead('larkmail', ids.slice(0, 2));
    await retell(new Set(['larkmail']), NOW);
    expect(await readToldSites()).toMatchObject({ 'lark.example': 1, 'brass.example': 'news' });
    await markRead('larkmail', ids);
    await retell(new Set(['larkmail']), NOW);
    expect(await readToldSites()).toEqual({ 'brass.example': 'news' });
    await markUnread('larkmail', ids);
    await retell(new Set(['larkmail']), NOW);
    expect(await readToldSites()).toMatchObject({ 'lark.example': 2 });
  });

  test('tells nothing with the badge turned off, nor of what is muted, nor without files', async () => {
    await changeSettings({ mutedServices: ['larkmail'] });
    await retell(undefined, NOW);
    expect(await readToldSites()).toEqual({ 'brass.example': 'news' });
    await changeSettings({ badge: false });
    await retell(undefined, NOW);
    expect(await readToldSites()).toEqual({});
    await changeSettings({ badge: true });
    await dropFiles();
    await retell(undefined, NOW);
    expect(await readToldSites()).toEqual({});
  });

  test('shows it in open tabs where these may be known, and takes it away again', async () => {
    toolbar.tabs = [
      { id: 1, url: 'https://www.lark.example/inbox', incognito: false },
      { id: 2, url: 'https://docs.lark.example/', incognito: false },
      { id: 3, url: 'https://brass.example:8443/', incognito: false },
      { id: 4, url: 'https://lark.example/', incognito: true },
      { id: 5, url: 'about:blank', incognito: false },
      { id: 6, incognito: false },
    ];
    await startKnowing('larkmail', BEFORE);
    await retell(undefined, NOW);
    expect(toolbar.shown.size).toBe(0);
    toolbar.granted.add('tabs');
    await retell(undefined, NOW);
    const nothing = { text: '', title: '', icon: '/icons/plain-16.png' };
    const told = {
      1: {
        text: '2',
        title: 'www.lark.example: 2 documents with changes you have not read',
        icon: '/icons/unread-16.png',
      },
      2: nothing,
      3: { text: '', title: 'brass.example: its terms changed in the last 30 days', icon: '/icons/news-16.png' },
      4: nothing,
      5: nothing,
      6: nothing,
    };
    expect(Object.fromEntries(toolbar.shown)).toEqual(told);
    await markRead('larkmail', ids);
    await retell(new Set(['larkmail']), NOW);
    expect(Object.fromEntries(toolbar.shown)).toEqual({ ...told, 1: nothing });
  });
});

describe('showBadge', () => {
  const url = 'https://lark.example/';

  test('shows in a tab what is told of its site', async () => {
    await startKnowing('larkmail', BEFORE);
    await retell(undefined, NOW);
    await showBadge({ id: 7, url, incognito: false });
    expect(toolbar.shown.get(7)).toMatchObject({ text: '2', icon: '/icons/unread-16.png' });
  });

  test.each<[string, { id?: number; url?: string; incognito: boolean }]>([
    ['a private window', { id: 7, url, incognito: true }],
    ['a tab that may not be known', { id: 7, incognito: false }],
    ['a part of the browser', { id: 7, url: 'chrome://settings', incognito: false }],
    ['a file', { id: 7, url: 'file:///lark.example', incognito: false }],
    ['a site that is not covered', { id: 7, url: 'https://other.example/', incognito: false }],
    ['a quiet site below another', { id: 7, url: 'https://docs.lark.example/', incognito: false }],
    ['a broken address', { id: 7, url: 'https://', incognito: false }],
  ])('touches nothing in %s', async (_name, tab) => {
    await startKnowing('larkmail', BEFORE);
    await retell(undefined, NOW);
    await showBadge(tab);
    expect(toolbar.shown.size).toBe(0);
  });

  test('says no number beyond nine', async () => {
    const many = Array.from({ length: 12 }, (_, place) => ({ termsType: `Type ${place}` }));
    await plantFiles('https://watch.example', [{ ...LARK, alerts: many }]);
    await startKnowing('larkmail', BEFORE);
    await retell(undefined, NOW);
    await showBadge({ id: 7, url, incognito: false });
    expect(toolbar.shown.get(7)?.text).toBe('9+');
  });
});
