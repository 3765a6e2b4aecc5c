import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { showAllBadges, showBadge, tellSites } from '../../../extension/icon/badge.ts';
import { type FakeToolbar, fakeToolbar } from '../../helpers/extension/fake-toolbar.ts';
import { wordsIn } from '../../helpers/extension/made-popup.ts';

vi.mock(import('../../../extension/words/words.ts'), () => ({ loadWords: async () => wordsIn('en') }));

const LARK = { id: 7, url: 'https://lark.example/', incognito: false };
const BLANK = { id: 7, url: 'about:blank', incognito: false };

let toolbar: FakeToolbar;

beforeEach(() => {
  fakeBrowser.reset();
  toolbar = fakeToolbar();
  tellSites({ 'lark.example': 2 });
});

test('a tab that goes to a site while the browser lists its tabs has the badge of that site', async () => {
  let answer: (tabs: unknown[]) => void = () => {};
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation(
    () =>
      new Promise((resolve) => {
        answer = resolve as typeof answer;
      }),
  );
  const all = showAllBadges();
  await vi.waitFor(() => expect(fakeBrowser.tabs.query).toHaveBeenCalled());
  const one = showBadge(LARK);
  answer([BLANK]);
  await Promise.all([all, one]);
  expect(toolbar.shown.get(7)?.text).toBe('2');
  vi.restoreAllMocks();
});

test('of two for one tab, the last one begun is what is seen, whichever the browser does first', async () => {
  const delays = [30, 0];
  const set = fakeBrowser.action.setBadgeText;
  Object.assign(fakeBrowser.action, {
    setBadgeText: async (badge: never) => {
      await new Promise((resolve) => setTimeout(resolve, delays.shift() ?? 0));
      return set(badge);
    },
  });
  const first = showBadge(LARK);
  tellSites({ 'lark.example': 'news' });
  toolbar.tabs = [LARK];
  await Promise.all([first, showAllBadges()]);
  expect(toolbar.shown.get(7)?.text).toBe('');
  expect(toolbar.shown.get(7)?.title).toContain('30 days');
});

test('a tab that stays where it is shows what is told now', async () => {
  await showBadge(LARK);
  toolbar.tabs = [LARK];
  tellSites({ 'lark.example': 3 });
  await showAllBadges();
  expect(toolbar.shown.get(7)?.text).toBe('3');
  tellSites({});
  await showAllBadges();
  expect(toolbar.shown.get(7)).toMatchObject({ text: '', title: '' });
});
