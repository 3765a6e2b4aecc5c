import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { createKeptOfIndex } from '../../../server/pages/kept-of-index.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

let served: ServedOfTest;
let collection: ServedCollection;
beforeAll(async () => {
  served = await openServed();
  const [first] = served.all();
  if (!first) throw new Error('no collection');
  collection = first;
});
afterAll(() => served.close());

test('an answer is asked for once, whatever it is', () => {
  const kept = createKeptOfIndex<number | undefined>(10);
  const asked: string[] = [];
  const ask = (key: string, answer: number | undefined) =>
    kept(collection, key, () => {
      asked.push(key);
      return answer;
    });
  expect([ask('a', 1), ask('b', undefined), ask('a', 2), ask('b', 3)]).toEqual([1, undefined, 1, undefined]);
  expect(asked).toEqual(['a', 'b']);
});

test('no more are kept than were said', () => {
  const kept = createKeptOfIndex<number>(2);
  expect([1, 2, 3].map((key) => kept(collection, key, () => key))).toEqual([1, 2, 3]);
  expect(kept(collection, 1, () => 10)).toBe(10);
  expect(kept(collection, 3, () => 30)).toBe(3);
});

test('an index that was written is asked anew', () => {
  let state = collection.index().state();
  const written = {
    ...collection,
    index: () => ({ ...collection.index(), state: () => state }),
  };
  const kept = createKeptOfIndex<number>(10);
  expect(kept(written, 'a', () => 1)).toBe(1);
  state = { ...state };
  expect(kept(written, 'a', () => 2)).toBe(2);
});
