import { expect, test } from 'vitest';
import { judgeAll } from './judging.ts';
import { terms } from './quayside.ts';

const added = 'Dogs travel for nothing, and cats do too.';

test.each([
  ['a sentence that comes', terms(), terms(added), { wordsAdded: 8, wordsRemoved: 0 }],
  ['one word for two', terms(added), terms(added.replace('for nothing', 'free')), { wordsAdded: 1, wordsRemoved: 2 }],
  ['a paragraph elsewhere', terms(added), `${added}\n\n${terms()}`, { wordsAdded: 0, wordsRemoved: 0 }],
  ['a script without blanks', terms(), terms('犬は無料で乗船できます'), { wordsAdded: 6, wordsRemoved: 0 }],
])('%s', async (_, before, after, expected) => {
  const judged = await judgeAll([{ text: before }, { text: after }]);
  expect(judged[1]).toMatchObject(expected);
});
