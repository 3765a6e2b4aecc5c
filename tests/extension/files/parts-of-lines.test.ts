import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined } from '../../../extension/files/joined.ts';
import { firstField, partOf, partsOf } from '../../../extension/files/parts-of-lines.ts';
import { findLine } from '../../../extension/files/sorted-lines.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const keys = fc.uniqueArray(fc.stringMatching(/^[\w-]{1,8}$/), { maxLength: 60 }).map((all) => all.toSorted());

test('parts are whole lines, joined they are the file, and the part of a key has its line', () =>
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 200 }), (all, size) => {
      const file = encode(all.map((key) => `${key}\t${key.length}\n`).join(''));
      const parts = partsOf(file, size);
      expect(joined(parts)).toEqual(file);
      expect(parts.every((part) => part.at(-1) === 10)).toBe(true);
      expect(parts.slice(0, -1).every(({ length }) => length >= size)).toBe(true);
      const starts = parts.map(firstField);
      for (const key of all) {
        const part = parts[partOf(starts, key)] ?? new Uint8Array();
        expect(findLine(part, key)).toEqual([String(key.length)]);
      }
    }),
  ));

test.each<[string, string, number, readonly string[]]>([
  ['nothing', '', 10, []],
  ['without a last newline', 'a\t1\nb', 1, ['a\t1\n', 'b']],
  ['one line beyond the size', `${'x'.repeat(50)}\n`, 10, [`${'x'.repeat(50)}\n`]],
  ['of any size', 'a\nb\n', Number.POSITIVE_INFINITY, ['a\nb\n']],
])('%s', (_name, text, size, parts) =>
  expect(partsOf(encode(text), size).map((part) => new TextDecoder().decode(part))).toEqual(parts),
);

test('each part has bytes of its own: a view would be stored with the whole file', () => {
  const file = encode('a\nb\nc\n');
  expect(partsOf(file, 2).every(({ buffer, length }) => buffer.byteLength === length)).toBe(true);
});
