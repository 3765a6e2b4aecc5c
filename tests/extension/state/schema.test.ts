import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Migration } from '../../../extension/state/migrations.ts';
import { migrate } from '../../../extension/state/schema.ts';

const MIGRATIONS: Readonly<Record<number, Migration>> = {
  2: ({ watched, ...others }) => ({ ...others, starred: watched }),
  3: (items) => ({ ...items, starred: [items.starred, 'third'] }),
};
const stored = () => browser.storage.local.get(null);

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.restoreAllMocks());

describe('migrations', () => {
  test.each<[string, object, number, object]>([
    ['a first start', {}, 1, { schema: 1 }],
    ['a first start of a later program', {}, 3, { schema: 3 }],
    ['one step', { schema: 1, watched: 'a', kept: 1 }, 2, { schema: 2, starred: 'a', kept: 1 }],
    ['two steps', { schema: 1, watched: 'a' }, 3, { schema: 3, starred: ['a', 'third'] }],
    ['the second step alone', { schema: 2, starred: 'a' }, 3, { schema: 3, starred: ['a', 'third'] }],
    ['nothing to do', { schema: 3, starred: 'a' }, 3, { schema: 3, starred: 'a' }],
    [
      'of a later version: left alone',
      { schema: 9, starred: { in: 'another form' } },
      3,
      { schema: 9, starred: { in: 'another form' } },
    ],
    ['the number was lost', { watched: 'a' }, 2, { schema: 2, starred: 'a' }],
    ['the number is garbage', { schema: 'two', watched: 'a' }, 2, { schema: 2, starred: 'a' }],
    ['the number is below all', { schema: -4, watched: 'a' }, 2, { schema: 2, starred: 'a' }],
    ['the number is broken', { schema: 1.5, watched: 'a' }, 2, { schema: 2, starred: 'a' }],
  ])('%s', async (_name, before, target, after) => {
    await browser.storage.local.set({ ...before });
    await migrate(target, MIGRATIONS);
    expect(await stored()).toEqual(after);
  });

  test('a worker that dies while they are written leaves the former items, and the next one makes them', async () => {
    await browser.storage.local.set({ schema: 1, watched: 'a' });
    vi.spyOn(browser.storage.local, 'set').mockRejectedValueOnce(new Error('The worker was stopped.'));
    await expect(migrate(2, MIGRATIONS)).rejects.toThrow('stopped');
    expect(await stored()).toEqual({ schema: 1, watched: 'a' });
    await migrate(2, MIGRATIONS);
    expect(await stored()).toEqual({ schema: 2, starred: 'a' });
  });

  test('one that dies before former names are gone has all that is needed', async () => {
    await browser.storage.local.set({ schema: 1, watched: 'a' });
    vi.spyOn(browser.storage.local, 'remove').mockRejectedValueOnce(new Error('The worker was stopped.'));
    await expect(migrate(2, MIGRATIONS)).rejects.toThrow('stopped');
    await migrate(2, MIGRATIONS);
    expect(await stored()).toMatchObject({ schema: 2, starred: 'a' });
  });

  test('two pages that start at once migrate once', async () => {
    await browser.storage.local.set({ schema: 2, starred: 'a' });
    await Promise.all([migrate(3, MIGRATIONS), migrate(3, MIGRATIONS), migrate(3, MIGRATIONS)]);
    expect(await stored()).toEqual({ schema: 3, starred: ['a', 'third'] });
  });

  test('one that cannot cope leaves what it got, so that everything else can be read', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await browser.storage.local.set({ schema: 1, watched: 'a' });
    await migrate(3, {
      2: () => {
        throw new TypeError('watched is no list');
      },
      3: (items) => ({ ...items, third: true }),
    });
    expect(await stored()).toEqual({ schema: 3, watched: 'a', third: true });
  });
});
