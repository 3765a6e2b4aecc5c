import { describe, expect, test } from 'vitest';
import { judgeAll, type TestRecord } from './judging.ts';
import { sections, terms } from './quayside.ts';

const CLAUSE =
  'Passengers agree that the master decides alone, without appeal, who may come aboard and who may not come aboard.';
const A = terms();
const B = terms(CLAUSE);
const texts = (...all: readonly string[]): TestRecord[] => all.map((text) => ({ text }));
const inside = (block: string): string =>
  ['# Terms of the Quayside Ferries', ...sections(4), block, ...sections().slice(4)].join('\n\n');

const cases: readonly [says: string, records: readonly TestRecord[]][] = [
  ['same words as the version of 1 January 2024', texts(A, B, A)],
  ['same words as the version of 2 January 2024, third alternation of the same pair', texts(A, B, A, B)],
  [
    'same words as the version of 1 January 2024, for the first time after more than 90 days',
    [
      { text: A, day: 0 },
      { text: terms(CLAUSE, CLAUSE.replace('master', 'mate'), CLAUSE.replace('appeal', 'reason')), day: 100 },
      { text: A, day: 200 },
    ],
  ],
  ['no difference', texts(A, A)],
  ['only markup or white space', texts(inside('We *sell* tickets.'), inside('We sell tickets.'))],
  [
    'only link targets or pictures',
    texts(inside('[Fares](https://a.example/1)'), inside('[Fares](https://a.example/2)')),
  ],
  [
    'the same blocks in another order',
    texts(A, sections().reverse().join('\n\n').concat('\n\n# Terms of the Quayside Ferries')),
  ],
  ['added: “we sell rope”: words', texts(A, inside('We sell rope.'))],
  ['removed: “we sell rope”: words', texts(inside('We sell rope.'), A)],
  ['added: “we sell rope”: only blanks between words', texts(inside('We sell ro pe.'), inside('We sell rope.'))],
  [
    'added: “last updated 2 may 2024”: only dates',
    texts(inside('Last updated 1 May 2024'), inside('Last updated 2 May 2024')),
  ],
  ['added: “2 rope”: only the numbering', texts(inside('1\\. Rope'), inside('2\\. Rope'))],
  [
    'added: “updated 2 days ago”: only a time that moves by itself, or the year of a copyright notice',
    texts(inside('Updated 1 day ago'), inside('Updated 2 days ago')),
  ],
  [
    'added: “write to ⟨mail_us_quay_example⟩”: a mail address is hidden from crawlers at one time and shown at the other',
    texts(inside('Write to \\[email protected\\]'), inside('Write to us@quay.example')),
  ],
  [
    'added: “welcome to quayside”: a template that was not filled in at one time and is at the other',
    texts(inside('Welcome to {{ name }}'), inside('Welcome to Quayside')),
  ],
  [
    'added: “we sell rope we buy rope”: the same words divided into other lines',
    texts(inside('We sell rope.\n\nWe buy rope.'), inside('We sell rope. We buy rope.')),
  ],
  ['added: “x”: a fragment without words', texts(A, inside('x'))],
  ['added: “hello name”: a template that was not filled in', texts(A, inside('Hello {{ name }}'))],
  ['added: “copy link”: labels of buttons', texts(A, inside('Copy link'))],
  ['added: “book now”: an entry of a menu above or below the text', texts(A, `Book now\n\n${A}`)],
  ['added: “7 dogs”: repeats what stands elsewhere in both versions', texts(A, inside('7\\. [Dogs](#dogs)'))],
  ['a short document with the wording of an error: “page not found”', texts(A, 'Page not found')],
  [
    'turned from English to French',
    texts(
      A,
      Array.from(
        { length: 60 },
        () =>
          'Vous acceptez que les données de la société soient dans les mains de nos partenaires pour une durée de dix ans.',
      ).join(' '),
    ),
  ],
];

describe('reasons', () => {
  test.each(cases)('%s', async (says, records) => {
    expect((await judgeAll(records)).at(-1)?.reasons).toContain(says);
  });

  test('a document that shrank, or lost its headings', async () => {
    const [, shrunk] = await judgeAll(texts(A, sections(3).join('\n\n')));
    expect(shrunk?.reasons[0]).toMatch(/^shrank from \d+ to \d+ words$/);
    const [, bare] = await judgeAll(
      texts(
        A,
        sections(7)
          .join('\n\n')
          .replaceAll(/^## .*\n\n/gm, ''),
      ),
    );
    expect(bare?.reasons[0]).toBe('lost all of its 11 headings and much of its words');
  });

  test('a fault that stays', async () => {
    const cut = (end: string): string => [...sections(3), end].join('\n\n');
    const judged = await judgeAll(texts(A, cut('One.'), cut('Two.'), cut('Three.')));
    expect(judged.at(-1)?.reasons).toContain(
      'what looks like a faulty capture has stayed, for three records in a row or for two weeks',
    );
  });

  test('blocks that were seen before, numbers and places', async () => {
    const boats = ['Anvil', 'Beacon', 'Cutter', 'Dinghy', 'Ensign', 'Fender'];
    const places = await judgeAll(boats.map((name) => ({ text: inside(`The ${name} is for hire`) })));
    expect(places.at(-1)?.reasons.join()).toContain('a short block at a place that changed in 4 of the last 4 changes');
    const votes = await judgeAll(boats.map((_, at) => ({ text: inside(`${at} people found this helpful`) })));
    expect(votes.at(-1)?.reasons.join()).toContain('numbers that changed in 4 of the last 4 changes');
    const shared = boats.slice(1).map((name) => ({ path: `${name}/Terms.md`, text: 'Powered by Halyard', day: 0 }));
    const everywhere = await judgeAll([
      ...shared,
      { text: A, day: 99 },
      { text: inside('Powered by Halyard'), day: 100 },
    ]);
    expect(everywhere.at(-1)?.reasons).toEqual(['added: “powered by halyard”: stands in 5 other services']);
  });

  test('at most twelve blocks are told, those that count first', async () => {
    const many = Array.from(
      { length: 30 },
      (_, at) => `Boat ${'abcdefghijklmnopqrstuvwxyzäöüß'[at]?.repeat(4)} is for hire.`,
    );
    const [, change] = await judgeAll(
      texts(inside('Last updated 1 May 2024'), inside(['Last updated 2 May 2024', ...many].join('\n\n'))),
    );
    expect(change?.reasons).toHaveLength(13);
    expect(change?.reasons.slice(0, 12).every((reason) => reason.endsWith(': words'))).toBe(true);
    expect(change?.reasons.at(-1)).toBe('… and 20 more blocks');
  });

  test('long blocks are cut between characters', async () => {
    const [, change] = await judgeAll(texts(A, inside(`${'a'.repeat(77)} ${'𠮷'.repeat(50)}`)));
    expect(change?.reasons[0]?.isWellFormed()).toBe(true);
    expect(change?.reasons[0]).toContain('…');
  });
});
