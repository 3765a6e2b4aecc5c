import { expect, test } from 'vitest';
import { firstMark } from '../../../extension/state/first-mark.ts';
import { alertsOf } from '../../helpers/extension/made-up-files.ts';

const SINCE = new Date('2026-03-20T12:00:00.000Z');
const alerts = alertsOf({
  key: 'larkmail',
  domain: 'larkmail.example',
  alerts: [
    { id: 'later', date: '2026-03-21T08:00:00.000Z' },
    { id: 'told later', date: '2026-03-10T08:00:00.000Z', toldAt: '2026-03-20T12:00:01.000Z' },
    { id: 'at the moment', date: SINCE.toISOString() },
    { id: 'long before', date: '2026-02-21T08:00:00.000Z' },
  ],
});
const known = ['at the moment', 'long before'];

test.each<[string, Parameters<typeof firstMark>[1], string, readonly string[]]>([
  ['nothing is known of files: the moment decides', undefined, '2026-03-20T12:00:00.000Z', []],
  ['files of just now', { alerts, from: SINCE.toISOString() }, '2026-03-17T12:00:00.000Z', known],
  [
    'files that are newer, of who chose later',
    { alerts, from: '2026-04-02T12:00:00.000Z' },
    '2026-03-17T12:00:00.000Z',
    known,
  ],
  [
    'files of a week before: as far as they know',
    { alerts, from: '2026-03-13T12:00:00.000Z' },
    '2026-03-10T12:00:00.000Z',
    known,
  ],
  ['files of nobody knows when', { alerts, from: null }, '2026-03-17T12:00:00.000Z', known],
  ['no recent alerts', { alerts: [], from: SINCE.toISOString() }, '2026-03-17T12:00:00.000Z', []],
])('%s', (_name, files, after, ids) =>
  expect(firstMark(SINCE, files)).toEqual({ since: SINCE.toISOString(), after, known: ids }),
);
