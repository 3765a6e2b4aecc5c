import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDelta, DeltaError } from '../../../extension/files/apply-delta.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const fileOf = (lines: Readonly<Record<string, string>>): string =>
  Object.keys(lines)
    .toSorted(byBytes)
    .map((key) => `${key}\t${lines[key]}\n`)
    .join('');

describe('applyDelta', () => {
  test.each<[string, string, string, string]>([
    ['comes first', 'b\t1\n', '+a\t2\n', 'a\t2\nb\t1\n'],
    ['comes last', 'b\t1\n', '+c\t2\n', 'b\t1\nc\t2\n'],
    ['takes the place', 'b\t1\n', '+b\t2\n', 'b\t2\n'],
    ['goes', 'a\t1\nb\t1\n', '-a\n', 'b\t1\n'],
    ['goes where it was not', 'b\t1\n', '-a\n', 'b\t1\n'],
    ['a key that begins another', 'a\t1\nab\t1\n', '+a.b\t2\n-ab\n', 'a\t1\na.b\t2\n'],
    ['nothing', 'a\t1\n', '', 'a\t1\n'],
    ['to nothing', '', '+a\t1\n', 'a\t1\n'],
  ])('a line %s', (_name, file, delta, result) => expect(decode(applyDelta(encode(file), encode(delta)))).toBe(result));

  test.each<[string, Uint8Array]>([
    ['cut off', encode('+a\t1\n+b')],
    ['not sorted', encode('+b\t1\n+a\t1\n')],
    ['one key twice', encode('+b\t1\n-b\n')],
    ['a page of HTML', encode('<!doctype html>\n')],
    ['an empty line', encode('\n')],
    ['no text', Uint8Array.of(43, 255, 254, 10)],
  ])('%s is refused', (_name, delta) => expect(() => applyDelta(encode('a\t1\n'), delta)).toThrow(DeltaError));

  test('any delta makes of any file the other', () => {
    const file = fc.dictionary(fc.stringMatching(/^[a-z.-]{1,6}$/), fc.stringMatching(/^[a-z\t]{0,5}$/), {
      maxKeys: 40,
    });
    fc.assert(
      fc.property(file, file, (before, after) => {
        const gone = Object.keys(before).filter((key) => !(key in after));
        const come = Object.keys(after).filter((key) => after[key] !== before[key]);
        const delta = [
          ...gone.map((key) => [key, `-${key}\n`]),
          ...come.map((key) => [key, `+${key}\t${after[key]}\n`]),
        ]
          .toSorted(([a = ''], [b = '']) => byBytes(a, b))
          .map(([, line]) => line)
          .join('');
        expect(decode(applyDelta(encode(fileOf(before)), encode(delta)))).toBe(fileOf(after));
      }),
    );
  });
});
