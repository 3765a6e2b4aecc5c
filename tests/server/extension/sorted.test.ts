import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPause } from '../../../archive/pause.ts';
import { byText, sorted } from '../../../server/extension/sorted.ts';

const noPause = () => undefined;

test('any texts, as the engine sorts them', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (texts) => {
      expect(await sorted(texts, byText, noPause)).toEqual(texts.toSorted());
    }),
  ));

test('many, of which some are equal: these stay in their order', async () => {
  const values = Array.from({ length: 20_001 }, (_, place) => ({ order: (place * 7_919) % 5_003, place }));
  const order = (a: { order: number }, b: { order: number }) => a.order - b.order;
  const before = [...values];
  expect(await sorted(values, order, noPause)).toEqual(values.toSorted(order));
  expect(values).toEqual(before);
});

test('others have their turn meanwhile', async () => {
  let turns = 0;
  let isDone = false;
  const others = (async () => {
    for (; !isDone; turns++) await new Promise((resolve) => setImmediate(resolve));
  })();
  const texts = Array.from({ length: 50_000 }, (_, place) => ((place * 7_919) % 50_000).toString(36));
  await sorted(texts, byText, createPause(0));
  isDone = true;
  await others;
  // Each piece and each merged text is a place where they may.
  expect(turns).toBeGreaterThan(1_000);
});
