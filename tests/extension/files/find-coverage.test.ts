import { describe, expect, test } from 'vitest';
import { findCoverage } from '../../../extension/files/find-coverage.ts';

const file = (json: string): Uint8Array => new TextEncoder().encode(`aaaaaaaa\t{}\nlarkmail\t${json}\nzzzzzzzz\t[]\n`);
const whole = {
  collection: 'harbour',
  serviceId: 'Larkmail',
  name: 'Larkmail',
  terms: [
    ['Terms of Service', '2024-01-10', '2026-03-01', 4],
    ['Privacy Policy', null, null, 0],
  ],
};

describe('what is tracked of a service', () => {
  test('is found by its key', () => {
    expect(findCoverage(file(JSON.stringify(whole)), 'larkmail')).toEqual(whole);
    expect(findCoverage(file(JSON.stringify(whole)), 'larkmai')).toBeUndefined();
  });

  test.each([
    ['cut off', '{"collection": "har'],
    ['a list', '[]'],
    ['nothing', ''],
    ['without a collection', JSON.stringify({ ...whole, collection: 7 })],
    ['without an id', JSON.stringify({ ...whole, serviceId: null })],
  ])('%s: none', (_name, json) => {
    expect(findCoverage(file(json), 'larkmail')).toBeUndefined();
  });

  test('fields of another kind are left out', () => {
    const terms = ['no terms', [1, 2, 3], ['Terms of Service', 'yesterday', 5, 'many'], null];
    const found = findCoverage(file(JSON.stringify({ ...whole, name: {}, terms })), 'larkmail');
    expect(found).toEqual({ ...whole, name: 'Larkmail', terms: [['Terms of Service', null, null, 0]] });
    expect(findCoverage(file(JSON.stringify({ ...whole, terms: 'x' })), 'larkmail')?.terms).toEqual([]);
  });
});
