// @vitest-environment jsdom
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Page, paragraph, startPage } from '../../../extension/setup/start-page.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { element } from '../../../extension/views/element.ts';
import { makePage, soon } from '../../helpers/extension/made-page.ts';

const PUBLIC = join(import.meta.dirname, '../../../extension/public');

beforeEach(() => {
  makePage();
  Object.assign(fakeBrowser.runtime, { getURL: (path: string) => path });
  Object.assign(fakeBrowser.i18n, { getUILanguage: () => 'de-AT' });
  // The browser reads the extension's own files so.
  vi.stubGlobal('fetch', async (path: string) => new Response(await readFile(join(PUBLIC, path))));
});
afterEach(() => {
  vi.unstubAllGlobals();
  location.hash = '';
});

const build = async ({ words, say }: Page) => {
  const button = element('button', { id: 'say' }, [words('refresh_now')]);
  button.addEventListener('click', () => say('x'));
  return [paragraph(words('options_saved')), button];
};

test('speaks the browser’s language, and says so', async () => {
  await startPage('options_title', build);
  expect(document.body.textContent).toContain('Gespeichert.');
  expect([document.documentElement.lang, document.title]).toEqual(['de', 'Einstellungen – Clausewatch']);
});

test('is built anew in a language that is chosen; focus and what it says stay', async () => {
  await startPage('options_title', build);
  document.getElementById('say')?.focus();
  const said = document.querySelector('[role=status]');
  await changeSettings({ language: 'fr' });
  await soon(() => expect(document.body.textContent).toContain('Enregistré.'));
  expect([document.documentElement.lang, document.activeElement?.id]).toEqual(['fr', 'say']);
  document.getElementById('say')?.click();
  expect(said?.isConnected && said.textContent).toBe('x');
});

test('is not built anew by other settings', async () => {
  await startPage('options_title', build);
  const before = document.getElementById('say');
  await changeSettings({ days: 3 });
  await changeSettings({ language: 'de' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.getElementById('say')).toBe(before);
});

test('what could not be kept is said', async () => {
  await startPage('options_title', build);
  window.dispatchEvent(new Event('unhandledrejection'));
  expect(document.querySelector('[role=status]')?.textContent).toContain('Laden Sie dieses Dokument neu');
});

test('speaks the browser’s language where nothing that is kept can be read', async () => {
  vi.spyOn(fakeBrowser.storage.local, 'get').mockRejectedValue(new Error('The storage is damaged.'));
  await startPage('options_title', build);
  vi.restoreAllMocks();
  expect(document.documentElement.lang).toBe('de');
});
