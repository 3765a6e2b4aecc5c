import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentState } from '../../../../../archive/changes/analysis/documents/state.ts';

const block = fc.constantFrom(
  '# Lamps',
  'We sell lamps.',
  '- one',
  '- two',
  '1. three',
  '| a | b |',
  '* * *',
  '![x](y)',
);
const markdown = fc.array(block, { maxLength: 30 }).map((blocks) => blocks.join('\n\n'));

describe('a state', () => {
  test('is the same whatever the former one was', () => {
    fc.assert(
      fc.property(markdown, markdown, (text, other) => {
        const { keysOf: _, ...alone } = documentState(text);
        const { keysOf: __, ...behind } = documentState(text, documentState(other));
        expect(behind).toEqual(alone);
      }),
      { seed: 2 },
    );
  });

  test('has the same name as another one with the same words in another order or number', () => {
    const { hash } = documentState('One lamp\n\nTwo lamps');
    expect(documentState('Two lamps\n\n**One** lamp\n\nTwo lamps').hash).toBe(hash);
    expect(documentState('Two lamps').hash).not.toBe(hash);
    expect(documentState('One lamp\n\nTwo lamp').hash).not.toBe(hash);
  });

  test('finds its blocks by their words without numbers', () => {
    const state = documentState('1. Fees\n\n2. Fees\n\nFees\n\nNotices');
    const { bareKey } = documentState('Fees').blocks[0] ?? { bareKey: '' };
    expect(state.keysOf(bareKey)).toEqual([bareKey, state.blocks[0]?.key, state.blocks[1]?.key]);
    expect(state.keysOf('unknown')).toEqual([]);
  });
});
