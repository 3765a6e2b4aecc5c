import { browser } from 'wxt/browser';
import { ask, askToMark } from '../../background/messages.ts';
import { showPopup } from '../../popup/popup-page.ts';
import { DAMAGED } from '../../popup/popup-state.ts';
import { readPopup } from '../../popup/read-popup.ts';
import { watchLastRefresh } from '../../state/last-refresh.ts';
import { readSettings } from '../../state/settings.ts';
import { loadWords } from '../../words/words.ts';

const now = new Date();
const [[tab], language, platform] = await Promise.all([
  // With `activeTab`, the click that opened the popup lets it know this tab alone.
  browser.tabs.query({ active: true, currentWindow: true }),
  readSettings().then(
    (settings) => settings.language,
    () => 'auto' as const,
  ),
  browser.runtime.getPlatformInfo(),
]);
const [words, state] = await Promise.all([loadWords(language), readPopup(tab, now).catch(() => DAMAGED)]);
// Firefox for Android shows popups as pages.
document.documentElement.classList.toggle('is-page', platform.os === 'android');
showPopup(document, state, {
  words,
  now,
  effects: {
    markRead: (key, ids) => askToMark(key, ids, true),
    markUnread: (key, ids) => askToMark(key, ids, false),
    download: () => void ask('refresh', {}),
    openOptions: () => void browser.runtime.openOptionsPage().then(() => window.close()),
  },
});
// Once the first files have come, what was empty has something to show.
if (state.content.kind === 'no_files') watchLastRefresh(() => window.location.reload());
