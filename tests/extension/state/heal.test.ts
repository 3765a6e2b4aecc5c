import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asFlag, asMoment, asNumber, asOneOf, asRecord, asText, asTexts } from '../../../extension/state/heal.ts';

describe('of any value something usable remains', () => {
  const any = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  });
  test('whatever it is', () => {
    fc.assert(
      fc.property(any, (value) => {
        expect(typeof asRecord(value)).toBe('object');
        expect(asRecord(value)).not.toBeNull();
        expect(asTexts(value).every((one) => typeof one === 'string')).toBe(true);
        expect(typeof asFlag(value, true)).toBe('boolean');
        expect(typeof asText(value, '')).toBe('string');
        expect(['a', 'b']).toContain(asOneOf(value, ['a', 'b'], 'b'));
        const number = asNumber(value, [1, 30], 7);
        expect(Number.isInteger(number) && number >= 1 && number <= 30).toBe(true);
        const moment = asMoment(value);
        expect(moment === undefined || !Number.isNaN(Date.parse(moment))).toBe(true);
      }),
    );
  });

  test.each<[string, unknown, unknown]>([
    ['a number within', asNumber(12, [1, 30], 7), 12],
    ['a number below', asNumber(-4, [1, 30], 7), 1],
    ['a number above', asNumber(1e300, [1, 30], 7), 30],
    ['a broken number', asNumber(2.6, [1, 30], 7), 3],
    ['no number', asNumber(Number.NaN, [1, 30], 7), 7],
    ['the largest number', asNumber(Number.POSITIVE_INFINITY, [1, 30], 7), 7],
    ['a number as text', asNumber('12', [1, 30], 7), 7],
    ['a list in the place of a record', asRecord(['a']), {}],
    ['texts among others', asTexts(['a', 1, null, 'b', ['c']]), ['a', 'b']],
    ['a choice that is none', asOneOf('c', ['a', 'b'], 'a'), 'a'],
    ['a choice', asOneOf('b', ['a', 'b'], 'a'), 'b'],
    ['a moment', asMoment('2026-03-20T12:00:00.000Z'), '2026-03-20T12:00:00.000Z'],
    ['a day', asMoment('2026-03-20'), undefined],
    ['a day that there is not', asMoment('2026-13-40T12:00:00Z'), undefined],
    ['a moment elsewhere', asMoment('2026-03-20T12:00:00+02:00'), undefined],
    ['words', asMoment('yesterday'), undefined],
  ])('%s', (_name, healed, expected) => expect(healed).toEqual(expected));

  test('every moment that a program writes is one', () =>
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
        expect(asMoment(date.toISOString())).toBe(date.toISOString());
      }),
    ));
});
