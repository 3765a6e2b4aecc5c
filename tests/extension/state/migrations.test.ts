import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { marksKnowIds } from '../../../extension/state/migrations.ts';

const SINCE = '2026-03-10T08:00:00.000Z';
/** As the first version of this program stored them. */
const FORMER = {
  schema: 1,
  settings: { server: 'https://harbour.example', days: 7 },
  'mark:larkmail': { since: SINCE, read: [['a', '2026-03-11']], isStarred: true, lookedAt: SINCE },
  'mark:brass-01': { since: SINCE, read: [], isStarred: false, lookedAt: null },
  'mark:broken-1': 'half-writ',
  'mark:broken-2': { read: [] },
  receipts: [],
};

beforeEach(() => {
  fakeBrowser.reset();
  // The programs's schema is looked at once for each start.
  vi.resetModules();
});

describe('marks of the first version', () => {
  test('say after which moment something is unread; what is no mark stays as it is', () =>
    expect(marksKnowIds(FORMER)).toEqual({
      ...FORMER,
      'mark:larkmail': { ...FORMER['mark:larkmail'], after: SINCE, known: [] },
      'mark:brass-01': { ...FORMER['mark:brass-01'], after: SINCE, known: [] },
    }));

  test('are migrated before anything reads them, once, by several readers at once', async () => {
    await fakeBrowser.storage.local.set(FORMER);
    const set = vi.spyOn(fakeBrowser.storage.local, 'set');
    const { readAllMarks, readMarks } = await import('../../../extension/state/marks.ts');
    const { readSettings } = await import('../../../extension/state/settings.ts');
    const [marks, all, settings] = await Promise.all([readMarks(['larkmail']), readAllMarks(), readSettings()]);
    expect(marks.get('larkmail')).toEqual({
      ...{ since: SINCE, after: SINCE, known: [], read: ['a'], isStarred: true, lookedAt: SINCE },
    });
    expect([...all.keys()].sort()).toEqual(['brass-01', 'larkmail']);
    expect(settings.days).toBe(7);
    expect(set).toHaveBeenCalledTimes(1);
    expect(await fakeBrowser.storage.local.get('schema')).toEqual({ schema: 2 });
  });

  test('written by the first version again, which knows nothing of it, are as it means them', async () => {
    await fakeBrowser.storage.local.set({ ...FORMER, schema: 2 });
    const { readMarks } = await import('../../../extension/state/marks.ts');
    expect((await readMarks(['brass-01'])).get('brass-01')).toMatchObject({ since: SINCE, after: SINCE, known: [] });
  });
});
