import { describe, expect, test } from 'vitest';
import { judgeAll, type TestRecord } from './judging.ts';
import { terms } from './quayside.ts';

const CLAUSE =
  'We may pass on the names, the addresses and the crossings of our passengers to hotels, car hire firms and insurers on both sides of the bay, who may write to them about offers, unless they object in writing at the office at the northern pier.';
const A = terms();
const B = terms(CLAUSE);
const C = terms('Crossings by night cost twice the fare of a day ticket.');
const at = (text: string, day: number): TestRecord => ({ text, day });
/** Another text each time, with a word that never stood before. */
const other = (number: number): string =>
  terms(`Notice ${'abcdefghijklmnopqrstuvwxyz'[number]?.repeat(6)} of the harbour master.`);

const cases: readonly [name: string, records: readonly TestRecord[], told: readonly string[]][] = [
  ['a return within days', [at(A, 0), at(B, 1), at(A, 3)], ['ok true', 'return false']],
  ['a return within 90 days', [at(A, 0), at(B, 1), at(A, 80)], ['ok true', 'return false']],
  [
    'alternations stay quiet',
    [at(A, 0), at(B, 1), at(A, 2), at(B, 3), at(A, 4)],
    ['ok true', 'return false', 'return false', 'return false'],
  ],
  [
    'a text of one day in the place of one that stood for long',
    [at(A, 0), at(B, 300), at(A, 301)],
    ['ok true', 'return false'],
  ],
  ['a rule that was withdrawn after a month', [at(A, 0), at(B, 266), at(A, 296)], ['ok true', 'reverted true']],
  [
    'flips of the same pair months apart are returns, but for the first of each',
    [at(A, 0), at(B, 97), at(A, 248), at(B, 532), at(A, 842), at(B, 1033)],
    ['ok true', 'reverted true', 'reverted true', 'return false', 'return false'],
  ],
  [
    'a new member of a set of variants is told',
    [at(A, 0), at(B, 1), at(A, 2), at(B, 3), at(C, 4)],
    ['ok true', 'return false', 'return false', 'ok true'],
  ],
  [
    'the first return after more than 90 days is told once',
    [at(A, 0), at(B, 1), at(A, 300), at(B, 301), at(A, 302)],
    ['ok true', 'reverted true', 'return false', 'return false'],
  ],
  [
    'a state among the last twenty',
    [at(A, 0), ...Array.from({ length: 15 }, (_, place) => at(other(place), place + 1)), at(A, 20)],
    [
      ...Array.from({ length: 3 }, () => 'ok true'),
      ...Array.from({ length: 12 }, () => expect.any(String)),
      'return false',
    ],
  ],
  ['a return from a faulty capture', [at(A, 0), at('Page not found', 1), at(A, 2)], ['suspect false', 'return false']],
  [
    'a return after long that holds no sentence',
    [at(A, 0), at(terms('Fares'), 1), at(A, 300)],
    [expect.any(String), 'return false'],
  ],
];

describe('states that a document had before', () => {
  test.each(cases)('%s', async (_, records, told) => {
    const judged = (await judgeAll(records)).slice(1);
    expect(judged.map((change) => `${change?.state} ${change?.alert}`)).toEqual(told);
  });
});
