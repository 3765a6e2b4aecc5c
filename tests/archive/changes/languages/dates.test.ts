import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statedDates } from '../../../../archive/changes/analysis/effective-date.ts';
import { wordsOf } from '../../../../archive/changes/analysis/words/meaningful-words.ts';
import { datesIn, withoutDates, withoutRelativeTimes } from '../../../../archive/changes/languages/dates.ts';
import { LANGUAGES } from '../../../../archive/changes/languages/language.ts';

interface Cases {
  /** As written → as read. */
  readonly dates: Readonly<Record<string, string>>;
  /** Each says 5 March 2024. */
  readonly effective: readonly string[];
  readonly updated: readonly string[];
  readonly relative: readonly string[];
}

const cases: Readonly<Record<string, Cases>> = JSON.parse(
  readFileSync(new URL('../../../fixtures/languages/dates.json', import.meta.url), 'utf8'),
);
const words = (text: string): string => wordsOf(text).join(' ');
const dates = (text: string, language?: string): (string | undefined)[] =>
  datesIn(words(text), language).map(({ date }) => date);

test('every language with months has cases', () => {
  const withMonths = [...LANGUAGES.values()].filter(({ months }) => months.length > 0).map(({ code }) => code);
  expect(Object.keys(cases).sort()).toEqual(withMonths.sort());
});

describe.each(Object.entries(cases))('dates in %s', (code, { dates: written, effective, updated, relative }) => {
  test.each(Object.entries(written))('%s is %s', (text, date) => {
    expect(dates(text)).toEqual([date]);
    expect(dates(`x ${text}; x ${text}`)).toEqual([date, date]);
  });

  test.each(Object.keys(written))('%s is taken out as a whole, with its weekday', (text) => {
    expect(withoutDates(words(`x ${text} x`))).toMatch(/^x( \p{L}+)? ⟨date⟩( r| roku)? x$/u);
  });

  test('the months from January to December, by each of their names', () => {
    for (const [at, names] of (LANGUAGES.get(code)?.months ?? []).entries()) {
      for (const name of names) {
        expect(dates(`12 ${name} 2023`), name).toEqual([`2023-${String(at + 1).padStart(2, '0')}-12`]);
      }
    }
  });

  test.each(effective)('effective: %s', (text) => {
    expect(statedDates([{ side: 'added', words: words(text) }])).toEqual([{ date: '2024-03-05', kind: 'effective' }]);
  });

  test.each(updated)('updated: %s', (text) => {
    expect(statedDates([{ side: 'added', words: words(text) }])).toEqual([{ date: '2024-03-05', kind: 'updated' }]);
  });

  test.each(relative)('moves by itself: %s', (text) => {
    expect(withoutRelativeTimes(words(`x ${text} x`))).toBe('x ⟨when⟩ x');
  });
});

describe('dates by numbers', () => {
  test.each([
    ['2024-05-01', ['2024-05-01']],
    ['2024/5/1', ['2024-05-01']],
    ['2024.05.01', ['2024-05-01']],
    ['2024. 5. 1.', ['2024-05-01']],
    ['2024年5月1日', ['2024-05-01']],
    ['2024年5月1日生效', ['2024-05-01']],
    ['2024년 5월 1일부터', ['2024-05-01']],
    ['２０２４年５月１日', ['2024-05-01']],
    ['25/05/2018', ['2018-05-25']],
    ['05/25/2018', ['2018-05-25']],
    ['25.5.18', ['2018-05-25']],
    ['25-05-2018', ['2018-05-25']],
    ['07/07/2023', ['2023-07-07']],
    ['01/05/2024', [undefined]],
    ['1.5.2024', [undefined]],
    ['May 2024', [undefined]],
    ['05/2024', [undefined]],
    ['2024年5月', [undefined]],
  ])('%s', (text, expected) => {
    expect(dates(text)).toEqual(expected);
    expect(withoutDates(words(text))).toContain('⟨date⟩');
  });

  test('day and month are told apart where the language writes the day first', () => {
    expect(dates('01/05/2024', 'en')).toEqual([undefined]);
    expect(dates('01/05/2024', 'fr')).toEqual(['2024-05-01']);
    expect(dates('1.5.2024', 'de')).toEqual(['2024-05-01']);
    expect(dates('05/25/2018', 'fr')).toEqual(['2018-05-25']);
    expect(dates('01/05/2024', 'sv')).toEqual([undefined]);
  });
});

describe('no dates', () => {
  test.each(['31 April 2024', '29 February 2023', '2023-02-30', '30.02.2023'])('%s has no such day', (text) => {
    expect(dates(text)).toEqual([]);
    expect(withoutDates(words(text))).toBe('⟨date⟩');
  });

  test.each([
    'section 3.2.1',
    'version 1.2.345',
    'a fee of 20.24 EUR',
    'within 14 days',
    'you may 30 times',
    '99/99/2024',
    '0/0/2024',
    'may',
    '',
  ])('%s', (text) => {
    expect(dates(text)).toEqual([]);
    expect(withoutDates(words(text))).toBe(words(text));
  });

  test('a year alone is taken out, but is no date', () => {
    expect(withoutDates(words('2019–2024 Larkspur'))).toBe('⟨date⟩ ⟨date⟩ larkspur');
    expect(dates('2019–2024 Larkspur')).toEqual([]);
    expect(withoutDates('room 1850 and 2150')).toBe('room 1850 and 2150');
  });

  test('a term of days is no time that moves by itself', () => {
    expect(withoutRelativeTimes('you have 14 days to return it')).toBe('you have 14 days to return it');
  });
});

test('where a date stands', () => {
  const text = words('Updated: Friday, May 3rd, 2024, by us');
  const [date] = datesIn(text);
  expect(text.slice(date?.start, date?.end)).toBe('friday may 3 rd 2024');
});

describe('hostile texts of 200 KB give what they hold', () => {
  test.each([
    ['days without a month', '1 of '.repeat(50_000), 0],
    ['months and days without a year', 'may 1 '.repeat(33_000), 0],
    ['words inside dates', '1 of the of the of the of '.repeat(8_000), 0],
    ['years and months', '2024 01 '.repeat(25_000), 0],
    ['one number of 200,000 digits', '9'.repeat(200_000), 0],
    ['separators', '1/1/'.repeat(50_000), 0],
    ['weekdays', 'friday '.repeat(30_000), 0],
    ['whole dates', '1 may 2024 '.repeat(18_000), 18_000],
  ])('%s', (_, text, count) => {
    expect(datesIn(text)).toHaveLength(count);
    expect(withoutDates(text).match(/⟨date⟩/g)?.length ?? 0).toBeGreaterThanOrEqual(count);
    expect(withoutRelativeTimes(text)).toBe(text);
  });

  test('names of properties are no months', () => {
    expect(dates('1 constructor 2024, __proto__ 1 2024')).toEqual([]);
  });
});

describe('any', () => {
  const names = [...LANGUAGES.values()].flatMap(({ months }) =>
    months.flatMap((all, at) => all.map((name) => ({ name, month: at + 1 }))),
  );
  const day = fc.record({
    year: fc.integer({ min: 1900, max: 2099 }),
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.constantFrom(...names),
  });

  test('date is read as it was written, wherever it stands', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('', 'x ', '12 ', 'of '), ({ year, day, month }, before) => {
        const iso = `${year}-${String(month.month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        expect(dates(`${before}${month.name} ${day}, ${year}`)).toContain(iso);
        if (before !== '12 ') expect(dates(`${before}${day} ${month.name} ${year} x`)).toEqual([iso]);
      }),
    );
  });

  test('text without its dates has none left', () => {
    const word = fc.constantFrom(
      '1',
      '12',
      '31',
      '2024',
      '05',
      'may',
      'mai',
      'of',
      'de',
      '1.5.2024',
      '年',
      '月',
      '日',
      'x',
      '⟨date⟩',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (all) => {
        const once = withoutDates(all.join(' '));
        expect(datesIn(once)).toEqual([]);
        expect(withoutDates(once)).toBe(once);
      }),
    );
  });

  test('text is taken, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(withoutDates(text).length).toBeLessThanOrEqual(text.length * 2);
        expect(datesIn(text).every(({ start, end }) => start < end && end <= text.length)).toBe(true);
      }),
    );
  });
});
