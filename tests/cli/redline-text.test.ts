import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { redlineAsText } from '../../cli/redline-text.ts';

/** A stream that is no terminal: nothing is coloured, and every mark can still be read. */
const plain = Object.assign(new PassThrough(), { isTTY: false }) as unknown as NodeJS.WriteStream;

test('what changed, what stands elsewhere, and how much did not change', () => {
  const former = 'First of all.\n\nYou may cancel within 30 days of your order.\n\nThe third.\n\nThe fourth.\n\nGone.';
  const current =
    'You may cancel within 14 days of your order.\n\nThe third.\n\nThe fourth.\n\nFirst of all.\n\nNew here.';
  expect(redlineAsText(former, current, plain).split('\n')).toEqual([
    '  You may cancel within [-30-]{+14+} days of your order.',
    '  … 2 unchanged',
    '  [-Gone.-]',
    '  (moved) First of all.',
    '  {+New here.+}',
  ]);
});

test('long stretches without a change are shortened', () => {
  const text = 'word '.repeat(100);
  expect(redlineAsText(`${text}old`, `${text}new`, plain)).toBe(
    `  ${text.slice(0, 40)}…${text.slice(-40)}[-old-]{+new+}`,
  );
});
