import { beforeEach, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { chooseService, unchooseService } from '../../../extension/setup/choose-service.ts';
import { noteLook, readMarks } from '../../../extension/state/marks.ts';

const KEY = 'larkmail';
const INSTALLED = new Date('2026-03-01T08:00:00.000Z');
const LATER = new Date('2026-03-20T08:00:00.000Z');

beforeEach(() => fakeBrowser.reset());

const markOf = async () => (await readMarks([KEY])).get(KEY);

test('a service that somebody uses is known since installation', async () => {
  await chooseService(KEY, INSTALLED);
  expect(await markOf()).toEqual({ since: INSTALLED.toISOString(), read: [], isStarred: true, lookedAt: null });
});

test('one that was looked at stays known since then', async () => {
  await noteLook(KEY, LATER);
  await chooseService(KEY, INSTALLED);
  expect(await markOf()).toMatchObject({ since: LATER.toISOString(), isStarred: true });
});

test('taken back, it is as if it had never been chosen', async () => {
  await chooseService(KEY, INSTALLED);
  await unchooseService(KEY, LATER);
  expect(await markOf()).toBeUndefined();
});

test('taken back, one that was looked at stays known', async () => {
  await noteLook(KEY, LATER);
  await chooseService(KEY, INSTALLED);
  await unchooseService(KEY, LATER);
  expect(await markOf()).toMatchObject({ since: LATER.toISOString(), isStarred: false });
});

test('taking back what was never chosen notes nothing', async () => {
  await unchooseService(KEY, LATER);
  expect(await markOf()).toBeUndefined();
});
