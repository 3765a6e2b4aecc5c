import { beforeEach, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { pruneMarks } from '../../../extension/files/prune-marks.ts';
import { markRead, noteKnown, readMarks, startKnowing } from '../../../extension/state/marks.ts';
import { alertsOf, type MadeUpService, plantFiles } from '../../helpers/extension/made-up-files.ts';

const LARK: MadeUpService = { key: 'larkmail', domain: 'larkmail.example', alerts: [{}] };
const [TOLD] = alertsOf(LARK);

beforeEach(() => browser.storage.local.clear());

test('what was read goes once it cannot come again, of all services', async () => {
  await plantFiles('https://harbour.example', [LARK]);
  const january = new Date('2026-01-02T08:00:00Z');
  for (const key of ['larkmail', 'brass-01', 'empty-00']) await startKnowing(key, january);
  await markRead('larkmail', ['gone', TOLD?.id ?? ''], january);
  await markRead('brass-01', ['gone'], january);
  // In other rules of the server it is no alert any more; in those of tomorrow it may be one again.
  await markRead('brass-01', ['hidden'], new Date('2026-02-25T08:00:00Z'));
  await noteKnown('empty-00', ['known long ago'], january);
  await noteKnown('empty-00', ['known'], new Date('2026-02-25T08:00:00Z'));
  await pruneMarks('2026-02-20');
  const marks = await readMarks(['larkmail', 'brass-01', 'empty-00']);
  expect(marks.get('larkmail')?.read).toEqual([TOLD?.id]);
  expect(marks.get('brass-01')?.read).toEqual(['hidden']);
  expect(marks.get('empty-00')).toMatchObject({ read: [], known: ['known'] });
});
