import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findClosingFences } from '../../../../archive/changes/blocks/closing-fences.ts';
import { splitBlocks } from '../../../../archive/changes/blocks/split-blocks.ts';

const line = fc.oneof(
  fc.tuple(fc.constantFrom('`', '~'), fc.nat({ max: 9 })).map(([mark, count]) => mark.repeat(count)),
  fc.constantFrom('', 'text', '> ```', '  ~~~~', '```html', '``` `', '~~~~ \t', '~~~```'),
);

/** The same, looked for from each fence anew. */
function endAfter(text: string, from: number, mark: string, length: number): number {
  let start = 0;
  for (const part of text.split('\n')) {
    const marks = part.replace(/^[> \t]+/, '').trimEnd();
    const isClosing = marks.length >= Math.max(length, 3) && marks === mark.repeat(marks.length);
    if (start >= from && isClosing) return start + part.length;
    start += part.length + 1;
  }
  return 0;
}

describe('lines that close fences', () => {
  test('are the first that are long enough, as looked for one by one', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.nat({ max: 20 }), (lines, skipped) => {
        const text = lines.join('\n');
        const from = lines.slice(0, skipped).join('\n').length + 1;
        const closings = findClosingFences(text, from);
        let start = 0;
        for (const part of lines) {
          start += part.length + 1;
          if (start < from) continue;
          for (const mark of ['`', '~']) {
            const length = 3 + (part.length % 7);
            expect(closings.endAfter(start, mark, length)).toBe(endAfter(text, start, mark, length));
          }
        }
      }),
    );
  });

  test.each([
    ['shorter than the one before', (index: number) => '`'.repeat(3_000 - index)],
    ['shorter and with a name', (index: number) => `${'~'.repeat(3_000 - index)} html`],
    ['longer', (index: number) => '`'.repeat(3 + index)],
  ])('megabytes of fences, each %s', (_what, fence) => {
    // Looked for from each fence this takes longer than a test may.
    const text = `${Array.from({ length: 2_900 }, (_, index) => fence(index)).join('\n')}\n`.concat(
      '```\n'.repeat(400_000),
    );
    const blocks = splitBlocks(text);
    expect(blocks.map(({ markdown, gap }) => markdown + gap).join('')).toBe(text);
  });
});
