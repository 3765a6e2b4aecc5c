import { expect, test } from 'vitest';
import { redline } from '../../../archive/changes/redline/redline.ts';
import type { RedlineBlock, RedlineSpan } from '../../../server/api/contract.ts';
import { cutRedline, MOST_BYTES } from '../../../server/extension/cut-redline.ts';
import { shortenSpans } from '../../../server/extension/shorten-spans.ts';

const block = (spans: readonly RedlineSpan[], facts: Partial<RedlineBlock> = {}): RedlineBlock => ({
  ...{ kind: 'changed', block: 'paragraph', headings: [], from: 0, to: 0, spans, gap: '\n\n' },
  ...facts,
});
const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');
const bytesOf = (blocks: readonly RedlineBlock[]): number => Buffer.byteLength(JSON.stringify(blocks));

test('blocks that are equal go, others stay in their order', () => {
  const { blocks, blocksLeftOut } = cutRedline(
    redline(
      '# Terms\n\nSame.\n\nWe keep letters for thirty days.\n\nGone.',
      '# Terms\n\nNew.\n\nSame.\n\nWe keep letters for sixty days.',
    ),
  );
  expect(blocks.map(({ kind, spans }) => [kind, spans.map(({ text }) => text).join('')])).toEqual([
    ['inserted', 'New.'],
    ['changed', 'We keep letters for thirtysixty days.'],
    ['deleted', 'Gone.'],
  ]);
  expect(blocksLeftOut).toBe(0);
  expect(blocks[1]?.headings).toEqual(['Terms']);
});

test('long equal runs are shortened to what stands beside a difference', () => {
  const spans = shortenSpans([
    { kind: 'equal', text: words(100, 'before') },
    { kind: 'inserted', text: 'new' },
    { kind: 'equal', text: ` ${words(100, 'between')} ` },
    { kind: 'deleted', text: 'old' },
    { kind: 'equal', text: ` ${words(100, 'after')}` },
  ]);
  const [first = '', , between = '', , last = ''] = spans.map(({ text }) => text);
  expect(first).toMatch(/^…( before)+$/);
  expect(between).toMatch(/^( between)+ …( between)+ $/);
  expect(last).toMatch(/^( after)+ …$/);
  for (const text of [first, between, last]) expect(text.length).toBeLessThan(170);
});

test('short runs stay as they are', () => {
  const spans: RedlineSpan[] = [
    { kind: 'equal', text: 'We keep ' },
    { kind: 'deleted', text: 'thirty' },
    { kind: 'inserted', text: 'sixty' },
    { kind: 'equal', text: ' days.' },
  ];
  expect(shortenSpans(spans)).toEqual(spans);
});

test('no character is cut in two', () => {
  for (let offset = 0; offset < 3; offset++) {
    const text = 'x'.repeat(offset) + '🦊'.repeat(5_000);
    for (const { text: cut } of shortenSpans([
      { kind: 'equal', text },
      { kind: 'inserted', text },
      { kind: 'equal', text },
    ])) {
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.length).toBeLessThan(3_002);
    }
  }
});

test('at most 20 KB, however large the change is, and it says what is left out', () => {
  const many = Array.from({ length: 500 }, (_, place) =>
    block([{ kind: 'inserted', text: words(60) }], { from: null, to: place }),
  );
  const { blocks, blocksLeftOut } = cutRedline({ blocks: many });
  expect(bytesOf(blocks)).toBeLessThanOrEqual(MOST_BYTES);
  expect(bytesOf(blocks)).toBeGreaterThan(MOST_BYTES * 0.9);
  expect(blocks.length + blocksLeftOut).toBe(500);
  expect(blocks[0]?.to).toBe(0);
});

test.each<[string, RedlineBlock]>([
  [
    'a table of 200 KB on one line',
    block([{ kind: 'inserted', text: `|${'cell|'.repeat(40_000)}` }], { block: 'table-row' }),
  ],
  ['a word of a megabyte', block([{ kind: 'deleted', text: 'w'.repeat(1_000_000) }])],
  ['a gap of a megabyte', block([{ kind: 'inserted', text: 'x' }], { gap: '\n'.repeat(1_000_000) })],
  [
    'headings of a megabyte',
    block([{ kind: 'inserted', text: 'x' }], { headings: Array.from({ length: 50 }, () => 'h'.repeat(20_000)) }),
  ],
  [
    'a block of ten thousand small differences',
    block(
      Array.from(
        { length: 10_000 },
        (_, place): RedlineSpan => ({ kind: place % 2 ? 'equal' : 'inserted', text: `${place} ` }),
      ),
    ),
  ],
])('%s has room', (_, large) => {
  const { blocks, blocksLeftOut } = cutRedline({ blocks: [large] });
  expect([blocks.length, blocksLeftOut]).toEqual([1, 0]);
  expect(bytesOf(blocks)).toBeLessThanOrEqual(MOST_BYTES);
});

test('what only moved comes last where there is little room, and is shortened', () => {
  const moved = Array.from({ length: 300 }, (_, place) =>
    block([{ kind: 'equal', text: words(100) }], { kind: 'moved', from: place + 1, to: place }),
  );
  const { blocks, blocksLeftOut } = cutRedline({
    blocks: [...moved, block([{ kind: 'inserted', text: 'what matters' }], { to: 300 })],
  });
  expect(blocks.at(-1)?.spans[0]?.text).toBe('what matters');
  expect(blocksLeftOut).toBeGreaterThan(0);
  expect(blocks[0]?.spans[0]?.text.length).toBeLessThan(170);
});
