import { describe, expect, test } from 'vitest';
import { type NotableService, newsToNotify } from '../../../extension/icon/news-to-notify.ts';
import type { RecentAlert } from '../../../server/api/contract.ts';
import { alertsOf } from '../../helpers/extension/made-up-files.ts';

const [first, second] = alertsOf({ key: 'larkmail', domain: 'larkmail.example', alerts: [{}, {}] }) as [
  RecentAlert,
  RecentAlert,
];
const lark = (unread: readonly RecentAlert[], alerts: readonly RecentAlert[] = [first, second]): NotableService[] => [
  { key: 'larkmail', alerts, unread },
];
const DAY_1 = new Date('2026-03-01T12:00:00.000Z');
const DAY_2 = new Date('2026-03-02T12:00:00.000Z');
const DAY_9 = new Date('2026-03-09T12:00:00.000Z');
const turnedOn = { ids: [], digestAt: DAY_1.toISOString() };

describe('newsToNotify', () => {
  test('tells nothing of what was unread when notifications were turned on, also later', () => {
    const { services, notified } = newsToNotify(lark([first]), 'each', undefined, DAY_1);
    expect(services).toEqual([]);
    expect(newsToNotify(lark([first]), 'each', notified, DAY_9).services).toEqual([]);
    expect(newsToNotify(lark([first, second]), 'each', notified, DAY_9).services).toEqual([
      { key: 'larkmail', alerts: [second] },
    ]);
  });

  test('tells each change once', () => {
    const { services, notified } = newsToNotify(lark([first]), 'each', turnedOn, DAY_2);
    expect(services).toEqual([{ key: 'larkmail', alerts: [first] }]);
    expect(newsToNotify(lark([first]), 'each', notified, DAY_9).services).toEqual([]);
  });

  test('tells of no change again that is marked unread again', () => {
    const told = newsToNotify(lark([first]), 'each', turnedOn, DAY_1).notified;
    const whileRead = newsToNotify(lark([]), 'each', told, DAY_2).notified;
    expect(newsToNotify(lark([first]), 'each', whileRead, DAY_9).services).toEqual([]);
  });

  test('forgets what is recent no more', () => {
    const told = newsToNotify(lark([first]), 'each', turnedOn, DAY_1).notified;
    expect(newsToNotify(lark([], [second]), 'each', told, DAY_2).notified.ids).toEqual([]);
  });

  test('tells a week of changes together', () => {
    const early = newsToNotify(lark([first]), 'weekly', turnedOn, DAY_2);
    expect(early).toEqual({ services: [], notified: turnedOn });
    const { services, notified } = newsToNotify(lark([first, second]), 'weekly', early.notified, DAY_9);
    expect(services).toEqual([{ key: 'larkmail', alerts: [first, second] }]);
    expect(notified.digestAt).toBe(DAY_9.toISOString());
  });

  test('a week without any does not put off the next', () => {
    const quiet = newsToNotify(lark([]), 'weekly', turnedOn, DAY_9).notified;
    expect(newsToNotify(lark([first]), 'weekly', quiet, DAY_9).services).toHaveLength(1);
  });
});
