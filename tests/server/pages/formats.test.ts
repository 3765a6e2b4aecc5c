import { expect, test } from 'vitest';
import { formatsOf } from '../../../server/pages/formats.ts';

test.each([
  ['2024-05-01', '1er mai 2024', '1er mai', '1er mai 2024'],
  ['2024-07-01', '1er juillet 2024', '1er juil.', '1er juil. 2024'],
  ['2024-07-11', '11 juillet 2024', '11 juil.', '11 juil. 2024'],
])('French writes the first of a month as an ordinal: %s', (date, day, short, brief) => {
  const format = formatsOf('fr');
  expect([format.day(date), format.shortDay(date), format.briefDay(date)]).toEqual([day, short, brief]);
  expect(format.moment(`${date}T10:02:00Z`).startsWith(day)).toBe(true);
});

test.each([
  ['en', '1 May 2024'],
  ['de', '1. Mai 2024'],
  ['es', '1 de mayo de 2024'],
] as const)('and %s as its own', (language, day) => {
  expect(formatsOf(language).day('2024-05-01')).toBe(day);
});
