import { describe, expect, test } from 'vitest';
import { createAddresses } from '../../../../server/pages/addresses.ts';
import { formatsOf } from '../../../../server/pages/formats.ts';
import { createTranslate } from '../../../../server/pages/messages.ts';
import type { PageContext } from '../../../../server/pages/page-context.ts';
import { timeline } from '../../../../server/pages/parts/timeline.ts';
import type { TimelineFacts, TimelineMonth } from '../../../../server/pages/parts/timeline-facts.ts';
import { monthsBetween } from '../../../../server/pages/terms/months.ts';

// The timeline asks for words, formats and addresses alone.
const page = {
  ...{ language: 'en', t: createTranslate('en'), format: formatsOf('en'), to: createAddresses('', 'en') },
} as PageContext;

const quiet = (month: string): TimelineMonth => ({ month, told: [], rest: [], isSeen: true });

function drawn(changed: readonly TimelineMonth[], facts: Partial<TimelineFacts> = {}): string {
  const months = monthsBetween('2022-11', '2024-03').map(
    (month) => changed.find((one) => one.month === month) ?? quiet(month),
  );
  return String(
    timeline(page, {
      months,
      monthLink: (month, show) => `/list?month=${month}&show=${show}`,
      yearLink: (year) => `/list?year=${year ?? ''}`,
      ...facts,
    }),
  );
}

const CHANGED: TimelineMonth[] = [
  {
    ...{ month: '2023-02', isSeen: true, checks: { succeeded: 58, failed: 2 } },
    told: [
      { mark: 'text', versions: 2 },
      { mark: 'date', versions: 1 },
    ],
    rest: [{ mark: 'return', versions: 7 }],
  },
  { ...quiet('2023-05'), isSeen: false },
  { ...quiet('2023-06'), isSeen: false },
];

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('the drawing', () => {
  test('draws alerts solid by class above the line, the rest hatched below it', () => {
    const text = drawn(CHANGED);
    const chart = /<svg class="timeline-chart".*?<\/svg>/s.exec(text)?.[0] ?? '';
    expect(count(chart, /class="timeline-told timeline-text"/g)).toBe(1);
    expect(count(chart, /class="timeline-told timeline-date"/g)).toBe(1);
    expect(count(chart, /class="timeline-rest" fill="url\(#timeline-return\)"/g)).toBe(1);
    const [, line = ''] = /class="timeline-line" d="M\d+ (\d+)h/.exec(chart) ?? [];
    const tops = (pattern: RegExp): number[] => [...chart.matchAll(pattern)].map(([, y]) => Number(y));
    expect(tops(/timeline-told [^>]*y="([\d.]+)"/g).every((y) => y < Number(line))).toBe(true);
    expect(tops(/timeline-rest"[^>]*y="([\d.]+)"/g)).toEqual([Number(line)]);
  });

  test('leaves the line out where nothing was seen', () => {
    expect(count(drawn([]), /class="timeline-line"/g)).toBe(17);
    expect(count(drawn(CHANGED), /class="timeline-line"/g)).toBe(15);
    expect(drawn(CHANGED)).toContain('Where the line is missing');
    expect(drawn([])).not.toContain('Where the line is missing');
  });

  test('names each year, and each mark is a link with its words', () => {
    const text = drawn(CHANGED);
    expect([...text.matchAll(/timeline-label" x="\d+" y="14">(\d+)/g)].map(([, year]) => year)).toEqual([
      '2022',
      '2023',
      '2024',
    ]);
    expect(text).toContain(
      'href="/list?month=2023-02&amp;show=alerts"><title>February 2023, alerts: text (2) and date',
    );
    expect(text).toContain(
      'href="/list?month=2023-02&amp;show=everything"><title>February 2023, no alerts: return (7)',
    );
  });

  test('has no styles of its own, which the policy of the site would refuse', () => {
    expect(drawn(CHANGED)).not.toMatch(/ style=|<style/);
  });

  test('is passed over by keyboard and screen reader: the table has the same links', () => {
    const text = drawn(CHANGED);
    expect(text).toMatch(/<svg class="timeline-chart" aria-hidden="true"/);
    expect(count(text, /<a class="timeline-link"(?! tabindex="-1")/g)).toBe(0);
  });

  test('one year alone is drawn in wide columns with the names of months', () => {
    const text = drawn(CHANGED, { year: 2023 });
    expect(count(text, /class="timeline-line"/g)).toBe(10);
    expect(text).toContain('>Feb</text>');
    expect(text).toContain('href="/list?year=2023" aria-current="true"');
  });

  test('the chosen month is marked', () => {
    expect(count(drawn(CHANGED, { chosen: '2023-02' }), /timeline-chosen/g)).toBe(1);
    expect(count(drawn(CHANGED), /timeline-chosen/g)).toBe(0);
  });

  test('stays within its height, however many versions a month has', () => {
    const many: TimelineMonth = {
      ...quiet('2023-02'),
      told: [{ mark: 'text', versions: 9_000 }],
      rest: [{ mark: 'return', versions: 90_000 }],
    };
    const heights = [...drawn([many]).matchAll(/class="timeline-(?:told|rest)[^>]*height="([\d.]+)"/g)];
    expect(Math.max(...heights.map(([, height]) => Number(height)))).toBeLessThanOrEqual(64);
  });

  test('nothing without months', () => {
    expect(drawn([], { months: [] })).toBe('');
  });
});

describe('the table', () => {
  const rows = (text: string): string[] =>
    [...(/<tbody>(.*)<\/tbody>/s.exec(text)?.[1] ?? '').matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
      row.replace(/<[^>]*>/g, '|').replace(/\|+/g, '|'),
    );

  test('has the months with changes and the gaps, the latest first', () => {
    expect(rows(drawn(CHANGED))).toEqual([
      '|May 2023 to June 2023|nothing was seen|',
      '|February 2023|text (2) and date|return (7)|60 checks, 2 of them failed|',
    ]);
  });

  test('says of months that are left out that they were checked only where checks are known', () => {
    expect(drawn(CHANGED)).toContain('whether these terms were checked in each of them is not known here');
    const checked = { ...quiet('2022-11'), checks: { succeeded: 60, failed: 0 } };
    expect(drawn([checked, ...CHANGED])).toContain('In months that are left out these terms were checked');
  });

  test('calls it a gap in the collection where checks are not known', () => {
    const text = drawn([{ ...quiet('2023-05'), isSeen: false }]);
    expect(rows(text)).toEqual(['|May 2023|nothing was recorded in this collection|']);
    expect(text).toContain('nothing was recorded in the whole collection in that month');
  });

  test('of a year, has that year alone', () => {
    expect(rows(drawn(CHANGED, { year: 2024 }))).toEqual([]);
    expect(drawn(CHANGED, { year: 2024 })).toContain('Versions of 2024 by month.');
  });
});
