import { describe, expect, test } from 'vitest';
import { documentState } from '../../../../../archive/changes/analysis/documents/state.ts';
import { createSharedBlocks, newShortBlocks } from '../../../../../archive/changes/analysis/furniture/shared-blocks.ts';

const day = 86_400_000;

describe('blocks that services share', () => {
  test('count from sixty days on, without the service itself', () => {
    const shared = createSharedBlocks();
    shared.note('Lampwright', ['key'], 0);
    shared.note('Wickhouse', ['key', 'other'], 10 * day);
    expect(shared.count('key', 'Oilman', 59 * day)).toBe(0);
    expect(shared.count('key', 'Oilman', 60 * day)).toBe(1);
    expect(shared.count('key', 'Oilman', 70 * day)).toBe(2);
    expect(shared.count('key', 'Wickhouse', 70 * day)).toBe(1);
    expect(shared.count('unknown', 'Oilman', 70 * day)).toBe(0);
  });

  test('the first date of a service stays; the seventh service is not kept', () => {
    const shared = createSharedBlocks();
    for (let place = 0; place < 9; place++) shared.note(`Service ${place}`, ['key'], 0);
    shared.note('Service 0', ['key'], 100 * day);
    expect(shared.count('key', 'Oilman', 60 * day)).toBe(6);
  });

  test('a date before the first is no time at all', () => {
    const shared = createSharedBlocks();
    shared.note('Lampwright', ['key'], 100 * day);
    expect(shared.count('key', 'Oilman', -100 * day)).toBe(0);
  });

  test('are the short ones that a document did not have', () => {
    const long = Array.from({ length: 26 }, () => 'word').join(' ');
    const former = documentState('One lamp\n\nTwo lamps');
    const state = documentState(`Two lamps\n\nThree lamps\n\nThree lamps\n\n${long}`);
    expect(newShortBlocks(state, former)).toEqual([documentState('Three lamps').blocks[0]?.key]);
    expect(newShortBlocks(former, undefined)).toHaveLength(2);
  });
});
