import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLine, readLines } from '../../../extension/files/sorted-lines.ts';

const bytes = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('findLine', () => {
  const file = bytes(['a.example\tone\t1', 'ab.example\ttwo', 'b.example\t', 'z.example']);
  test.each<[string, readonly string[] | undefined]>([
    ['a.example', ['one', '1']],
    ['ab.example', ['two']],
    ['b.example', ['']],
    ['z.example', []],
    ['a', undefined],
    ['a.example.', undefined],
    ['zz', undefined],
    ['', undefined],
  ])('%j', (key, fields) => expect(findLine(file, key)).toEqual(fields));

  test('in nothing there is nothing', () => expect(findLine(new Uint8Array(), 'a')).toBeUndefined());
  test('a last line without its end is found too', () =>
    expect(findLine(new TextEncoder().encode('a\t1\nb\t2'), 'b')).toEqual(['2']));

  test('finds each line of any sorted file, and none that is not there', () => {
    const field = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .filter((text) => !/[\t\n\ud800-\udfff]/.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(field, { maxLength: 60 }), field, (keys, other) => {
        const sorted = keys.toSorted(byBytes);
        const all = bytes(sorted.map((key) => `${key}\tof ${key}`));
        for (const key of sorted) expect(findLine(all, key)).toEqual([`of ${key}`]);
        if (!keys.includes(other)) expect(findLine(all, other)).toBeUndefined();
        expect([...readLines(all)].map(([key]) => key)).toEqual(sorted);
      }),
    );
  });
});
