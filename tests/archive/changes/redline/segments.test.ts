import { describe, expect, test } from 'vitest';
import { redline } from '../../../../archive/changes/redline/redline.ts';
import { segmentsOf } from '../../../../archive/changes/redline/segments.ts';
import { signsOf } from '../../../../archive/changes/redline/signs.ts';

const PARTS = [
  '[',
  '](',
  ')',
  '![',
  '**',
  '_',
  '`',
  '\\',
  '|',
  '\n',
  '> ',
  '# ',
  '* ',
  '1. ',
  'word',
  ' ',
  '\0',
  '\u{d800}',
  '<b>',
  '- - -',
  '~~',
];

/** The same for the same seed. */
function text(seed: number, length: number): string {
  let state = seed;
  let made = '';
  for (let at = 0; at < length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    made += PARTS[Math.floor(state / 65_536) % PARTS.length];
  }
  return made;
}

describe('signs and words', () => {
  test('nothing of a redline is lost or added, whatever the texts', () => {
    for (let seed = 1; seed <= 300; seed++) {
      for (const block of redline(text(seed, 30), text(seed % 7 === 0 ? seed + 1 : seed * 31, 34)).blocks) {
        const segments = segmentsOf(block);
        expect(segments.map(({ kind }) => kind)).toEqual(block.spans.map(({ kind }) => kind));
        expect(segments.map(({ pieces }) => pieces.map((piece) => piece.text).join(''))).toEqual(
          block.spans.map((span) => span.text),
        );
        const both = ['before', 'after'] as const;
        for (const side of both) {
          const left = side === 'before' ? 'inserted' : 'deleted';
          expect(
            segmentsOf(block, side)
              .flatMap(({ pieces }) => pieces.map((piece) => piece.text))
              .join(''),
          ).toBe(block.spans.map((span) => (span.kind === left ? '' : span.text)).join(''));
        }
      }
    }
  });

  test('signs stand in order and do not overlap', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const markdown = text(seed, 60);
      let end = 0;
      for (const sign of signsOf(markdown, seed % 2 === 0 ? 'table-row' : 'heading')) {
        expect(sign.start).toBeGreaterThanOrEqual(end);
        expect(sign.end).toBeGreaterThan(sign.start);
        end = sign.end;
      }
      expect(end).toBeLessThanOrEqual(markdown.length);
    }
  });

  test.each(['](', '[', '![', '[](', '| ', '*', '\\', '> ', '`_', '\n>', ' \n'])('300 KB of %j are read', (part) => {
    const markdown = part.repeat(Math.ceil(300_000 / part.length));
    expect(signsOf(markdown, 'table-row').every(({ end }) => end <= markdown.length)).toBe(true);
  });
});
