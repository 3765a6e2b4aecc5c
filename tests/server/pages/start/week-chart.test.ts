import { describe, expect, test } from 'vitest';
import { formatsOf } from '../../../../server/pages/formats.ts';
import { createTranslate } from '../../../../server/pages/messages.ts';
import type { PageContext } from '../../../../server/pages/page-context.ts';
import { weekChart } from '../../../../server/pages/start/week-chart.ts';

const WEEK = 7 * 86_400_000;
// The chart asks for words and formats alone.
const page = { language: 'en', t: createTranslate('en'), format: formatsOf('en') } as PageContext;

const weeks = Array.from({ length: 10 }, (_, place) => ({
  start: new Date(Date.UTC(2026, 0, 5) + place * WEEK),
  alerts: place === 0 ? 4 : 0,
  others: 0,
}));

const chart = (end?: string): string =>
  String(weekChart(page, weeks, (since, until) => `/?since=${since}&until=${until}`, end ? new Date(end) : undefined));

describe('weeks after the end of the records', () => {
  test('are drawn otherwise than weeks in which nothing happened', () => {
    const text = chart('2026-02-11T08:00:00Z');
    expect(text).toContain('class="unknown" x="60%" width="40%"');
    expect(text).toContain('after the end of the records');
    expect(text).toContain('of those after 11 February 2026 nothing is known here');
  });

  test.each([['2026-03-12T08:00:00Z'], [undefined]])('there are none: %s', (end) => {
    const text = chart(end);
    expect(text).not.toContain('weeks-unknown');
    expect(text).not.toContain('after the end of the records');
    expect(text).toContain('Weeks without any are left out.');
  });
});
