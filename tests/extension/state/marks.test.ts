import * as fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  forget,
  forgetIds,
  markRead,
  markUnread,
  noteKnown,
  noteLook,
  readAllMarks,
  readMarks,
  star,
  startKnowing,
  watchMarks,
} from '../../../extension/state/marks.ts';
import type { ServiceMark } from '../../../extension/state/settings-types.ts';
import { alertsOf } from '../../helpers/extension/made-up-files.ts';

const KEY = 'larkmail';
const FIRST = new Date('2026-03-01T08:00:00.000Z');
const LATER = new Date('2026-03-20T08:00:00.000Z');
const mark = async (key = KEY): Promise<ServiceMark | undefined> => (await readMarks([key])).get(key);
const plain: ServiceMark = {
  since: FIRST.toISOString(),
  after: FIRST.toISOString(),
  known: [],
  read: [],
  isStarred: false,
  lookedAt: null,
};
/** What the files have: told before the first look, and after it. */
const files = {
  alerts: alertsOf({
    key: KEY,
    domain: 'larkmail.example',
    alerts: [
      { id: 'after', date: '2026-03-02T08:00:00.000Z' },
      { id: 'before', date: '2026-02-28T08:00:00.000Z' },
    ],
  }),
  from: FIRST.toISOString(),
};
const knowing = { ...plain, after: '2026-02-26T08:00:00.000Z', known: ['before'] };

beforeEach(() => fakeBrowser.reset());

describe('a service', () => {
  test('is not known before anybody looked', async () => expect(await mark()).toBeUndefined());

  test('is known from a moment on, and only from the first', async () => {
    expect(await startKnowing(KEY, FIRST)).toEqual(plain);
    expect(await startKnowing(KEY, LATER)).toEqual(plain);
    expect(await mark()).toEqual(plain);
  });

  test('is starred without losing what is known', async () => {
    await startKnowing(KEY, FIRST);
    await markRead(KEY, ['a']);
    await star(KEY, true);
    expect(await mark()).toEqual({ ...plain, read: ['a'], isStarred: true });
    await star(KEY, false);
    expect(await mark()).toEqual({ ...plain, read: ['a'] });
    await startKnowing(KEY, LATER, { isStarred: true, files });
    expect(await mark()).toEqual({ ...plain, read: ['a'], isStarred: true });
    await star('brass-01', true);
    expect(await mark('brass-01')).toBeUndefined();
    await startKnowing('brass-01', FIRST, { isStarred: true, files });
    expect(await mark('brass-01')).toEqual({ ...knowing, isStarred: true });
  });

  test('is looked at: the first look is where it begins, and says what was before', async () => {
    expect(await noteLook(KEY, FIRST)).toBeUndefined();
    const looked = { ...plain, lookedAt: FIRST.toISOString() };
    expect(await noteLook(KEY, LATER)).toEqual(looked);
    expect(await mark()).toEqual({ ...looked, lookedAt: LATER.toISOString() });
  });

  test('begins with what the files have then, and keeps that', async () => {
    expect(await noteLook(KEY, FIRST, files)).toBeUndefined();
    const looked = { ...knowing, lookedAt: FIRST.toISOString() };
    expect(await mark()).toEqual(looked);
    expect(await noteLook(KEY, LATER, { alerts: [], from: LATER.toISOString() })).toEqual(looked);
    expect(await mark()).toEqual({ ...looked, lookedAt: LATER.toISOString() });
  });

  test('is begun once, by two pages at once', async () => {
    const other = { ...files, alerts: [] };
    await Promise.all([noteLook(KEY, FIRST, files), startKnowing(KEY, LATER, { isStarred: true, files: other })]);
    expect(await mark()).toEqual({ ...knowing, isStarred: true, lookedAt: FIRST.toISOString() });
  });

  test('is forgotten', async () => {
    await startKnowing(KEY, FIRST);
    await forget(KEY);
    expect(await mark()).toBeUndefined();
    expect(await readAllMarks()).toEqual(new Map());
    expect(await browser.storage.local.get(`mark:${KEY}`)).toEqual({});
  });

  test('of many, each by itself', async () => {
    await startKnowing(KEY, FIRST);
    await startKnowing('brass-01', LATER);
    await browser.storage.local.set({ settings: {}, other: 1 });
    expect([...(await readAllMarks()).keys()].sort()).toEqual(['brass-01', KEY]);
    expect([...(await readMarks(['unknown-', 'brass-01'])).keys()]).toEqual(['brass-01']);
    expect(await readMarks([])).toEqual(new Map());
  });
});

describe('what was read', () => {
  test('is noted, taken back, and noted again', async () => {
    await startKnowing(KEY, FIRST);
    await markRead(KEY, ['a', 'b']);
    await markRead(KEY, ['b', 'c']);
    expect((await mark())?.read).toEqual(['a', 'b', 'c']);
    await markUnread(KEY, ['a', 'c', 'other']);
    expect((await mark())?.read).toEqual(['b']);
    await markUnread(KEY, []);
    await markRead(KEY, []);
    expect((await mark())?.read).toEqual(['b']);
  });

  test('of a service that is not known is not noted', async () => {
    await markRead(KEY, ['a']);
    await markUnread(KEY, ['a']);
    expect(await mark()).toBeUndefined();
  });

  test('by two pages at once is all there', async () => {
    await startKnowing(KEY, FIRST);
    // As two pages do: each reads, changes and writes; between reading and writing the other one has its turn.
    const get = browser.storage.local.get.bind(browser.storage.local);
    vi.spyOn(browser.storage.local, 'get').mockImplementation(async (keys?: unknown) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return get(keys as string);
    });
    const ids = Array.from({ length: 20 }, (_, place) => `id ${place}`);
    await Promise.all([...ids.map((id) => markRead(KEY, [id])), noteLook(KEY, LATER), star(KEY, true)]);
    vi.restoreAllMocks();
    expect(new Set((await mark())?.read)).toEqual(new Set(ids));
    expect(await mark()).toMatchObject({ isStarred: true, lookedAt: LATER.toISOString(), since: plain.since });
  });

  test('is at most 2,000: the oldest go', async () => {
    await startKnowing(KEY, FIRST);
    const ids = Array.from({ length: 2_500 }, (_, place) => `id ${place}`);
    await markRead(KEY, ids);
    expect((await mark())?.read).toEqual(ids.slice(500));
  });

  test('goes by the day on which it was read, but what is still told', async () => {
    await startKnowing(KEY, FIRST);
    await markRead(KEY, ['old', 'told'], new Date('2026-01-05T08:00:00Z'));
    await markRead(KEY, ['new'], new Date('2026-02-20T08:00:00Z'));
    await forgetIds(KEY, { before: '2026-02-20', but: new Set(['told']) });
    expect((await mark())?.read).toEqual(['told', 'new']);
    await markRead(KEY, ['told'], new Date('2026-02-25T08:00:00Z'));
    await forgetIds(KEY, { before: '2026-02-24', but: new Set() });
    expect((await mark())?.read).toEqual(['told']);
    await noteKnown(KEY, ['known', 'known and told'], new Date('2026-01-06T08:00:00Z'));
    await noteKnown(KEY, ['known later'], new Date('2026-02-25T08:00:00Z'));
    await forgetIds(KEY, { before: '2026-02-24', but: new Set(['known and told']) });
    expect(await mark()).toMatchObject({ read: ['told'], known: ['known and told', 'known later'] });
    await forgetIds('brass-01', { before: '2026-02-24', but: new Set() });
    expect(await mark('brass-01')).toBeUndefined();
  });
});

describe('what is known by its id', () => {
  test('is not read: marking and undoing leave it', async () => {
    await startKnowing(KEY, FIRST);
    await noteKnown(KEY, ['a', 'b']);
    await noteKnown(KEY, ['b', 'c']);
    await markRead(KEY, ['a']);
    await markUnread(KEY, ['a']);
    expect(await mark()).toEqual({ ...plain, known: ['a', 'b', 'c'] });
  });

  test('of a service that is not known is not noted', async () => {
    await noteKnown(KEY, ['a']);
    expect(await mark()).toBeUndefined();
  });

  test('is at most 2,000: the oldest go', async () => {
    await startKnowing(KEY, FIRST);
    const ids = Array.from({ length: 2_500 }, (_, place) => `id ${place}`);
    await noteKnown(KEY, ids);
    expect((await mark())?.known).toEqual(ids.slice(500));
  });
});

describe('marks heal', () => {
  const since = plain.since;
  test.each<[string, unknown, ServiceMark | undefined]>([
    ['none', null, undefined],
    ['a text', 'read', undefined],
    ['without a moment', { read: ['a'] }, undefined],
    ['a moment that is none', { since: 'yesterday', read: [] }, undefined],
    ['only a moment', { since }, plain],
    ['ids without days', { since, read: ['a', 'b'] }, { ...plain, read: ['a', 'b'] }],
    [
      'ids with days that are none',
      {
        since,
        read: [
          ['a', 7],
          ['b', 'monday'],
        ],
      },
      { ...plain, read: ['a', 'b'] },
    ],
    [
      'ids that are none',
      { since, read: [[], [7, '2026-03-01'], null, ['a', '2026-03-01'], {}] },
      { ...plain, read: ['a'] },
    ],
    ['known ids of any kind', { since, known: [['a', '2026-03-01'], 'b', 7, null] }, { ...plain, known: ['a', 'b'] }],
    ['known ids that are no list', { since, known: 'a' }, plain],
    ['another moment after which', { since, after: knowing.after }, { ...plain, after: knowing.after }],
    ['one that is none', { since, after: 'before' }, plain],
    ['a star as text', { since, isStarred: 'yes' }, plain],
    ['a look that is none', { since, lookedAt: 7 }, plain],
  ])('%s', async (_name, stored, healed) => {
    await browser.storage.local.set({ [`mark:${KEY}`]: stored });
    expect(await mark()).toEqual(healed);
    // And can be changed from there.
    await startKnowing(KEY, FIRST);
    await markRead(KEY, ['new']);
    expect(await mark()).toEqual({ ...(healed ?? plain), read: [...(healed?.read ?? []), 'new'] });
  });

  test('whatever is stored', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            since: fc.constant(since),
            read: fc.jsonValue(),
            after: fc.jsonValue(),
            known: fc.jsonValue(),
            isStarred: fc.jsonValue(),
            lookedAt: fc.jsonValue(),
          }),
        ),
        async (stored) => {
          await browser.storage.local.set({ [`mark:${KEY}`]: stored });
          const healed = (await readAllMarks()).get(KEY);
          expect(healed?.read.every((id) => typeof id === 'string') ?? true).toBe(true);
          await markRead(KEY, ['a']);
          expect((await mark())?.read.includes('a') ?? true).toBe(true);
        },
      ),
      { numRuns: 200 },
    ));
});

test('changes of marks are told, and of nothing else', async () => {
  const called = vi.fn();
  await startKnowing(KEY, FIRST);
  const end = watchMarks(called);
  await browser.storage.local.set({ settings: { days: 3 } });
  expect(called).not.toHaveBeenCalled();
  await markRead(KEY, ['a']);
  await vi.waitFor(() => expect(called).toHaveBeenCalledTimes(1));
  // What changes nothing is not written, so that nobody is woken for it.
  await forgetIds(KEY, { before: '2000-01-01', but: new Set() });
  await startKnowing(KEY, LATER);
  end();
  await markRead(KEY, ['b']);
  expect(called).toHaveBeenCalledTimes(1);
});
