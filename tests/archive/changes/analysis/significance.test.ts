import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JudgedBlock } from '../../../../archive/changes/analysis/analyse-change.ts';
import { difference } from '../../../../archive/changes/analysis/difference/difference.ts';
import { documentState } from '../../../../archive/changes/analysis/documents/state.ts';
import { significanceOf } from '../../../../archive/changes/analysis/significance.ts';
import { TOPICS, type Topic } from '../../../../archive/changes/topics/topics.ts';
import { judgeAll } from './judging.ts';
import { sections, terms } from './quayside.ts';

const of = (before: string, after: string, topics: readonly Topic[] = []): number => {
  const [one, other] = [documentState(before), documentState(after)];
  const blocks: JudgedBlock[] = difference(one, other).blocks.map((block) => ({ ...block, furniture: undefined }));
  return significanceOf(blocks, one, other, topics);
};
const changed = (count: number): string =>
  terms()
    .split('\n\n')
    .map((block, at) => (at < count ? `${block} Anew` : block))
    .join('\n\n');

describe('significance', () => {
  test.each([
    ['nothing', terms(), terms(), 0],
    ['a date alone', terms('Updated 1 May 2024'), terms('Updated 2 May 2024'), 0.05],
    ['markup alone', terms('*Rope*'), terms('Rope'), 0],
  ])('%s', async (_, before, after, value) => {
    const [, change] = await judgeAll([{ text: before }, { text: after }]);
    expect(change?.significance).toBe(value);
  });

  test('from one word to all of it, it never falls', () => {
    const values = Array.from({ length: 41 }, (_, count) => of(terms(), changed(count + 1)));
    for (const [at, value] of values.entries()) expect(value).toBeGreaterThanOrEqual(values[at - 1] ?? 0);
    expect(values[0]).toBeGreaterThan(0.05);
    expect(values.at(-1)).toBeLessThanOrEqual(1);
  });

  test('each topic raises it, and more topics never lower it', () => {
    const plain = of(terms(), changed(1));
    for (const topic of TOPICS) expect(of(terms(), changed(1), [topic])).toBeGreaterThan(plain);
    fc.assert(
      fc.property(fc.subarray([...TOPICS], { maxLength: 3 }), fc.nat(40), (topics, count) => {
        const all = of(terms(), changed(count + 1), topics);
        expect(all).toBeGreaterThanOrEqual(of(terms(), changed(count + 1), topics.slice(1)));
        expect(all).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50, seed: 7 },
    );
  });

  test('what weighs more in law raises it more', () => {
    expect(of(terms(), changed(1), ['disputes/arbitration'])).toBeGreaterThan(
      of(terms(), changed(1), ['platform/ranking']),
    );
  });

  test('furniture is not counted', async () => {
    const within = (...more: readonly string[]): string =>
      [...sections(4), ...more, ...sections().slice(4)].join('\n\n');
    const [, menu] = await judgeAll([{ text: within() }, { text: within('Copy link') }]);
    expect(menu?.significance).toBe(0);
  });
});
