import { expect, test } from 'vitest';
import { judgeAll } from '../judging.ts';
import { terms } from '../quayside.ts';

const judged = async (before: string, after: string): Promise<readonly string[]> =>
  (await judgeAll([{ text: terms(before) }, { text: terms(after) }]))[1]?.reasons ?? [];
const REWRAPPED = 'the same words divided into other lines';

test('an item that became a heading and a paragraph is told apart from what changed beside it', async () => {
  const reasons = await judged(
    '7.  **Lost goods.** What is found aboard is kept for a year.\n8.  **Cats.** Cats travel free on all of our ships.',
    '**7. Lost goods.**\n------\n\nWhat is found aboard is kept for a year.\n\n**8. Cats.**\n------\n\nCats pay half on all of our ships.',
  );
  expect(reasons.filter((reason) => reason.includes('lost goods') || reason.includes('kept for a year'))).toHaveLength(
    3,
  );
  expect(reasons.filter((reason) => reason.endsWith(REWRAPPED))).toHaveLength(3);
  expect(reasons.filter((reason) => reason.includes('cats') && reason.endsWith(': words'))).toHaveLength(3);
});

test.each([
  ['a number put together of two', 'Fares rise by 1\n\n5 ships sail.', 'Fares rise by 15 ships sail.'],
  ['a word that went', 'Whoever may\n\nnot pay is told so.', 'Whoever may pay is told so.'],
  ['another order', 'We pay.\n\nYou do not.', 'You do not. We pay.'],
])('%s is told', async (_, before, after) => {
  const beside = 'Gulls are fed at noon.';
  expect((await judged(`${before}\n\n${beside}`, `${after}\n\nGulls are fed at dawn.`)).join('\n')).not.toContain(
    REWRAPPED,
  );
});

test('an item whose heading a table of contents tells already', async () => {
  const contents = '1.  Lost goods\n2.  Cats';
  const reasons = await judged(
    `${contents}\n\n1.  **Lost goods.** What is found aboard is kept for a year.\n2.  **Cats.** Cats sail free.`,
    `${contents}\n\n### 1. Lost goods\n\nWhat is found aboard is kept for a year.\n\n### 2. Cats\n\nCats pay half.`,
  );
  expect(reasons.filter((reason) => reason.endsWith(REWRAPPED))).toHaveLength(2);
  expect(reasons.filter((reason) => reason.includes('cats') && reason.endsWith(': words'))).toHaveLength(2);
});
