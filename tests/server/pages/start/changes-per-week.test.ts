import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changesPerWeek, type WeekOfChanges } from '../../../../server/pages/start/changes-per-week.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

let served: ServedOfTest;
beforeAll(async () => {
  served = await openServed();
});
afterAll(() => served.close());

const brief = (weeks: readonly WeekOfChanges[]) =>
  weeks
    .filter(({ alerts, others }) => alerts + others > 0)
    .map(({ start, alerts, others }) => [start.toISOString().slice(0, 10), alerts, others]);

const NOW = new Date('2025-03-05T12:00:00Z');

describe('changes per week', () => {
  test('a year of weeks from Monday on, up to now', () => {
    const weeks = changesPerWeek(served, { show: 'alerts' }, NOW);
    expect(weeks).toHaveLength(52);
    expect(weeks.at(-1)?.start.toISOString()).toBe('2025-03-03T00:00:00.000Z');
    expect(weeks.every(({ start }) => start.getUTCDay() === 1)).toBe(true);
    expect(brief(weeks)).toEqual([
      ['2024-05-27', 1, 0],
      ['2025-02-03', 1, 0],
      ['2025-02-24', 1, 0],
    ]);
  });

  test('from the beginning to the end of the time that is asked for, where it is more than a few weeks', () => {
    const until = new Date('2025-02-10T00:00:00Z');
    const from = (since: string) => changesPerWeek(served, { show: 'alerts', since: new Date(since), until }, NOW);
    const weeks = from('2025-01-01');
    expect([weeks[0], weeks.at(-1)].map((week) => week?.start.toISOString().slice(0, 10))).toEqual([
      '2024-12-30',
      '2025-02-03',
    ]);
    expect(brief(weeks)).toEqual([['2025-02-03', 1, 0]]);
    expect(brief(from('2020-01-01'))).toEqual([
      ['2024-05-27', 1, 0],
      ['2025-02-03', 1, 0],
    ]);
    expect(from('2025-02-01')).toEqual([]);
  });

  test('a time that ends within a week leaves out the rest of it', () => {
    const at = (until: Date) => brief(changesPerWeek(served, { show: 'alerts', until }, NOW)).at(-1)?.[0];
    const latest = served.all().flatMap((one) => one.index().versions({ alerts: true }, { limit: 1 }));
    const moment = new Date(Math.max(...latest.map(({ fetchDate }) => fetchDate.getTime())));
    expect(at(moment)).toBe('2025-02-03');
    expect(at(new Date(moment.getTime() + 1_000))).toBe('2025-02-24');
  });

  test('up to the latest, where that is long ago', () => {
    const weeks = changesPerWeek(served, { show: 'alerts' }, new Date('2031-01-01'));
    expect(weeks.at(-1)).toMatchObject({ start: new Date('2025-02-24'), alerts: 1 });
  });

  test('what people are not told of beside what they are', () => {
    const upgrades = { show: 'everything', technicalUpgrades: 'included' } as const;
    expect(brief(changesPerWeek(served, upgrades, NOW))).toContainEqual(['2024-05-27', 1, 1]);
  });

  test('nothing where nothing matches', () => {
    expect(changesPerWeek(served, { show: 'alerts', services: ['Nobody'] }, NOW)).toEqual([]);
  });
});
