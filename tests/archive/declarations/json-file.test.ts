import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../archive/declarations/fault.ts';
import { reportTo } from '../../../archive/declarations/fault.ts';
import { readJson } from '../../../archive/declarations/json-file.ts';
import { scanJson } from '../../../archive/declarations/json-scan.ts';

function read(text: string): { value: unknown; faults: string[] } {
  const faults: Fault[] = [];
  const value = readJson(text, reportTo(faults, 'Example', 'Example.json'));
  return { value, faults: faults.map(({ path, message }) => `${path}|${message}`) };
}

describe('readJson', () => {
  test('reads a text with a byte order mark', () => {
    expect(read('\uFEFF{"a": 1}')).toEqual({ value: { a: 1 }, faults: [] });
  });

  test.each([
    [
      '{\n  "a": 1,\n}',
      'line 3, column 1: expected a key in double quotes (no comma stands after the last one), found "}"',
    ],
    ['{\n  "a": }', 'line 2, column 8: expected a value, found "}"'],
    ['{"a" 1}', 'line 1, column 6: expected : after the key, found "1}"'],
    ['{"a": 1 "b": 2}', 'line 1, column 9: expected a comma, or the end of the object or array, found "\\"b\\": 2}"'],
    ["{'a': 1}", 'line 1, column 2: expected a key in double quotes, or }, found "\'a\': 1}"'],
    ['[1, 2', 'line 1, column 6: expected a comma, or the end of the object or array, found the end'],
    ['{"a": "not closed}', 'line 1, column 7: expected a value, found "\\"not close"'],
    ['', 'line 1, column 1: expected a value, found the end'],
    ['{} {}', 'line 1, column 4: expected nothing more, found "{}"'],
  ])('names line and column of the fault in %j', (text, message) => {
    expect(read(text)).toEqual({ value: undefined, faults: [`|not JSON, at ${message}`] });
  });

  test('names every key that is given twice, wherever it is', () => {
    const text =
      '{"terms": {"Privacy Policy": {"combine": [{"fetch": "a"}, {"fetch": "b", "\\u0066etch": "c"}]}}, "terms": 1}';
    expect(read(text)).toEqual({
      value: { terms: 1 },
      faults: [
        'terms["Privacy Policy"].combine[1].fetch|is given twice in the same object; the last one counts',
        'terms|is given twice in the same object; the last one counts',
      ],
    });
  });

  test('nesting that would exhaust the stack is read', () => {
    expect(scanJson(`${'['.repeat(200_000)}${']'.repeat(200_000)}`).fault).toBeUndefined();
  });
});

test('a text is taken for JSON exactly where JSON.parse takes it', () => {
  const accepts = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const edited = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', ',', '}', ']', '0', '-', '\\', ':', ' ', '\n', 'é', '\u0001', '\u007f', '\u0085', '.'),
    )
    .map(([json, at, text]) => json.slice(0, at % (json.length + 1)) + text + json.slice((at % (json.length + 1)) + 1));
  fc.assert(
    fc.property(fc.oneof(fc.json(), edited), (text) => {
      expect(scanJson(text).fault === undefined).toBe(accepts(text));
    }),
    { numRuns: 2000 },
  );
});
