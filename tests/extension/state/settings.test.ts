import * as fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { DEFAULT_SERVER } from '../../../extension/default-server.ts';
import { changeSettings, readSettings, watchSettings } from '../../../extension/state/settings.ts';
import type { Settings } from '../../../extension/state/settings-types.ts';

const DEFAULTS: Settings = {
  server: DEFAULT_SERVER,
  days: 30,
  badge: true,
  notifications: 'off',
  topics: [],
  mutedTypes: [],
  mutedServices: [],
  language: 'auto',
  agreeMoment: false,
};

beforeEach(() => fakeBrowser.reset());

describe('settings', () => {
  test('of nobody yet', async () => expect(await readSettings()).toEqual(DEFAULTS));

  test('are kept', async () => {
    const chosen: Settings = {
      server: 'https://watch.example:8443/terms',
      days: 7,
      badge: false,
      notifications: 'weekly',
      topics: ['data/sharing'],
      mutedTypes: ['Imprint'],
      mutedServices: ['larkmail'],
      language: 'fr',
      agreeMoment: true,
    };
    expect(await changeSettings(chosen)).toEqual(chosen);
    expect(await readSettings()).toEqual(chosen);
    expect(await changeSettings({ days: 14 })).toEqual({ ...chosen, days: 14 });
  });

  test.each<[string, Record<string, unknown>, Partial<Settings>]>([
    ['a server that cannot be asked', { server: 'ftp://x.example' }, {}],
    ['a server without encryption', { server: 'http://watch.example' }, {}],
    ['a server that is a script', { server: 'javascript:alert(1)' }, {}],
    ['days as text', { days: '7' }, {}],
    ['too many days', { days: 4_000 }, { days: 30 }],
    ['no days', { days: 0 }, { days: 1 }],
    ['a language that there is not', { language: 'tlh' }, {}],
    ['topics that are none', { topics: [1, 'data/sharing', {}] }, { topics: ['data/sharing'] }],
    ['a text where a list was', { mutedServices: 'larkmail' }, {}],
    ['one good among bad', { badge: 'no', notifications: 'each' }, { notifications: 'each' }],
    ['a field that a later program writes', { theme: 'dark', days: 3 }, { days: 3 }],
  ])('heal: %s', async (_name, stored, healed) => {
    await browser.storage.local.set({ settings: stored });
    expect(await readSettings()).toEqual({ ...DEFAULTS, ...healed });
  });

  test('heal, whatever is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.record(mapped(DEFAULTS))), async (stored) => {
        await browser.storage.local.set({ settings: stored });
        const settings = await readSettings();
        expect(Object.keys(settings)).toEqual(Object.keys(DEFAULTS));
        expect(await changeSettings(settings)).toEqual(settings);
      }),
      { numRuns: 200 },
    );
  });

  test('that are changed by several pages at once all stay', async () => {
    await Promise.all([
      changeSettings({ days: 5 }),
      changeSettings({ badge: false }),
      changeSettings({ language: 'de' }),
    ]);
    expect(await readSettings()).toEqual({ ...DEFAULTS, days: 5, badge: false, language: 'de' });
  });

  test('are watched until it is ended', async () => {
    const seen: Settings[] = [];
    const end = watchSettings((settings) => seen.push(settings));
    await changeSettings({ days: 5 });
    await vi.waitFor(() => expect(seen).toEqual([{ ...DEFAULTS, days: 5 }]));
    await browser.storage.local.set({ else: 1 });
    end();
    await changeSettings({ days: 6 });
    expect(seen).toHaveLength(1);
  });
});

/** A record with these names and any values. */
function mapped(record: object): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.keys(record).map((name) => [name, fc.jsonValue()]));
}
