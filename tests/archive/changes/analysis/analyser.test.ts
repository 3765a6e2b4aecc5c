import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../../../archive/changes/analysis/analyser.ts';
import { createMemoryStore } from '../../../../archive/changes/analysis/memory-store.ts';
import { commitOf, createTextStore, judgeAll, TERMS, type TestRecord } from './judging.ts';

const sentences = [
  'You may use the lamp service for your own household and for nobody else.',
  'We keep your readings for thirty days and then remove them from our files.',
  'Either of us may end this agreement with notice of one month in writing.',
  'The law of the land in which the lamp was bought governs these terms.',
  'Payments are due on the first day of each quarter and are not refunded.',
  'We may refuse service to those who resell our readings to other people.',
  'Complaints are answered by our office within ten working days of receipt.',
  'Nothing in these terms limits the rights that the law gives to consumers.',
  'We are not liable for damage that a lamp does because it was opened.',
  'Children under fourteen may use the service with consent of their parents.',
  'Notice is given by letter or by electronic mail to the last known address.',
  'If a part of these terms does not hold, the others hold nevertheless.',
];
const terms = (...more: readonly string[]): string =>
  ['Terms of the Lampwrights', '=====', ...sentences, ...more].join('\n\n');

const A = terms();
const B = terms('We may share your readings with the makers of lamps.');
const C = terms('We may share your readings with the makers of lamps.', 'A fee of 5 € is due for each letter.');
const ERROR = '# Access denied\n\nYou have been blocked.';
const HALF = sentences.slice(0, 4).join('\n\n');

const texts = (...all: (string | Uint8Array | undefined)[]): TestRecord[] => all.map((text) => ({ text }));

describe('what becomes of a history', () => {
  test('nothing is told of a first record', async () => {
    expect(await judgeAll(texts(A))).toEqual([undefined]);
  });

  test('a change of the words is told, with its size and language', async () => {
    const [, change] = await judgeAll(texts(A, B));
    expect(change).toMatchObject({ class: 'text', state: 'ok', alert: true, wordsAdded: 10, wordsRemoved: 0 });
    expect(change).toMatchObject({ language: 'en', undoes: [] });
    expect(change?.reasons.join()).toContain('makers of lamps');
  });

  test('documents are apart, and a document that was deleted goes on with its history', async () => {
    const other = 'Lampwright/Privacy Policy.md';
    // A deletion is no record: what comes back is compared with what went.
    const judged = await judgeAll([{ text: A }, { text: B, path: other }, { text: B }, { text: C, path: other }]);
    expect(judged.map((change) => change?.alert)).toEqual([undefined, undefined, true, true]);
    expect(judged[3]?.wordsAdded).toBe(10);
  });
});

describe('what a change undoes', () => {
  const cases: readonly [name: string, records: readonly TestRecord[], undoes: readonly (readonly number[])[]][] = [
    ['a return undoes what was told since', texts(A, B, A), [[], [1]]],
    ['nothing is undone twice', texts(A, B, A, B, A), [[], [1], [], []]],
    ['a return over several changes undoes all, oldest first', texts(A, B, C, A), [[], [], [1, 2]]],
    ['a return over one of them undoes that one', texts(A, B, C, B, A), [[], [], [2], [1]]],
    ['a faulty capture undoes nothing, nor does the end of it', texts(A, B, ERROR, B), [[], [], []]],
    ['a return behind a faulty capture does', texts(A, B, ERROR, A), [[], [], [1]]],
    ['no alert, nothing to undo', texts(A, A.replaceAll('\n\n', '\n\n\n'), A), [[], []]],
    ['white space is no other state', texts(A, B, A.replaceAll('\n\n', '\n\n\n')), [[], [1]]],
    [
      'a technical upgrade is not told, so that nothing undoes it',
      [{ text: A }, { text: B, isTechnicalUpgrade: true }, { text: A }],
      [[], []],
    ],
    [
      'a technical upgrade that brings the former words back undoes what was told',
      [{ text: A }, { text: B }, { text: A, isTechnicalUpgrade: true }],
      [[], [1]],
    ],
    [
      'words that were withdrawn after long are told and undo',
      [{ text: A }, { text: B }, { text: A, day: 300 }],
      [[], [1]],
    ],
    ['documents of others are not touched', [{ text: A }, { text: B }, { text: A, path: 'Other/Terms.md' }], [[]]],
  ];
  test.each(cases)('%s', async (_, records, undoes) => {
    const judged = (await judgeAll(records)).flatMap((change) => change?.undoes ?? []);
    expect(judged).toEqual(undoes.flat().map(commitOf));
    const lists = (await judgeAll(records)).flatMap((change) => (change ? [change.undoes] : []));
    expect(lists).toEqual(undoes.map((places) => places.map(commitOf)));
  });

  test('a faulty capture that stays is told once and undone when the terms come back', async () => {
    const again = (line: string): string => `${ERROR}\n\n${line}`;
    const judged = await judgeAll(texts(A, ERROR, again('Try later.'), again('Try tomorrow.'), A));
    expect(judged.map((change) => change?.state)).toEqual([undefined, 'suspect', 'suspect', 'persisting', 'return']);
    expect(judged.map((change) => change?.alert)).toEqual([undefined, false, false, true, false]);
    expect(judged[4]?.undoes).toEqual([commitOf(3)]);
  });
});

test('technical upgrades are never told, and remembered: a return to their text is one', async () => {
  const judged = await judgeAll([{ text: A }, { text: C, isTechnicalUpgrade: true }, { text: B }, { text: C }]);
  expect(judged.map((change) => [change?.class, change?.state, change?.alert])).toEqual([
    [undefined, undefined, undefined],
    ['text', 'ok', false],
    ['text', 'ok', true],
    ['text', 'return', false],
  ]);
});

describe('contents that cannot be read', () => {
  test.each([
    ['missing', undefined],
    ['larger than 20 MB', new Uint8Array(20_000_001).fill(97)],
  ])('%s: suspect with the reason, and the states before it stay', async (_, content) => {
    const judged = await judgeAll([{ text: A }, { text: B }, { text: content }, { text: B }, { text: A }]);
    expect(judged[2]).toMatchObject({
      state: 'suspect',
      alert: false,
      reasons: [expect.stringMatching(/cannot be read/)],
    });
    expect(judged[3]).toMatchObject({ class: 'none', state: 'ok', alert: false, undoes: [] });
    expect(judged[4]?.undoes).toEqual([commitOf(1)]);
  });

  test('a first record that cannot be read is none', async () => {
    const judged = await judgeAll([{ text: undefined }, { text: A }, { text: B }]);
    expect(judged.map((change) => change?.alert)).toEqual([undefined, undefined, true]);
  });

  test('a former content that is gone is nothing to compare with', async () => {
    const store = createTextStore();
    await judgeAll(texts(A), { store });
    const [change] = await judgeAll(texts(B), { store });
    expect(change).toMatchObject({ state: 'suspect', alert: false });
    const [, next] = await judgeAll(texts(B, C), { store });
    expect(next).toMatchObject({ state: 'ok', alert: true, class: 'text' });
  });

  test('bytes that are no UTF-8 are read with replacement characters', async () => {
    const latin = new Uint8Array([...new TextEncoder().encode(`${A}\n\nWe may sell your readings to a caf`), 0xe9]);
    const [, change] = await judgeAll(texts(A, latin));
    expect(change).toMatchObject({ class: 'text', alert: true });
  });

  test('a failure to read is thrown, and the record can be judged again', async () => {
    let fails = true;
    const contents = new Map(Object.entries({ a: A, b: B }).map(([blob, text]) => [blob, Buffer.from(text)]));
    const analyser = createAnalyser({
      store: createMemoryStore(),
      read: async (blob) => {
        if (blob === 'b' && fails) throw new Error('git ended');
        return contents.get(blob);
      },
    });
    const record = { commit: commitOf(0), path: TERMS, blob: 'a', date: 0, isTechnicalUpgrade: false };
    await analyser.judge(record);
    await expect(analyser.judge({ ...record, blob: 'b' })).rejects.toThrow('git ended');
    fails = false;
    expect(await analyser.judge({ ...record, blob: 'b' })).toMatchObject({ class: 'text', alert: true });
  });
});

describe('dates', () => {
  test.each([
    ['run backwards', [400, 300, 200, 100, 0, -100]],
    ['jump', [0, 1e6, 1, -1e6, 2, 3]],
    ['are beyond any calendar', [0, 1e12, Number.MAX_VALUE, Number.NaN, -1e300, 1]],
  ])('that %s stop nothing', async (_, days) => {
    const judged = await judgeAll([A, B, A, C, ERROR, C].map((text, place) => ({ text, day: days[place] ?? 0 })));
    expect(judged.map((change) => change?.alert).slice(1, 2)).toEqual([true]);
    expect(judged.map((change) => change?.undoes.length)).toEqual([undefined, 0, 1, 0, 0, 0]);
  });
});

/** Versions of the terms that come again and differ in what analysis tells apart. */
const someText = fc.constantFrom(
  A,
  B,
  C,
  ERROR,
  HALF,
  A.replaceAll('\n\n', '\n\n\n'),
  A.replace('thirty days', '30 days'),
  terms('Updated 3 May 2024'),
  terms('Updated 4 May 2024'),
  terms('Last opened 5 minutes ago'),
  terms('1,204 readers found this useful'),
  terms('1,377 readers found this useful'),
  `${sentences.slice(6).join('\n\n')}\n\n${sentences.slice(0, 6).join('\n\n')}`,
  undefined,
  '',
);
const someRecord: fc.Arbitrary<TestRecord> = fc.record({
  text: someText,
  path: fc.constantFrom(TERMS, TERMS, TERMS, 'Wickhouse/Terms of Service.md'),
  day: fc.integer({ min: 0, max: 400 }),
  isTechnicalUpgrade: fc.boolean().map((rare) => rare),
});

describe('judging goes on after a restart as if there had been none', () => {
  const history = fc.array(someRecord, { minLength: 2, maxLength: 40 });
  test('at every point', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (records) => {
        const once = await judgeAll(records, { store: createMemoryStore() });
        expect(await judgeAll(records, { restartsAt: () => true })).toEqual(once);
        expect(await judgeAll(records, { restartsAt: (place) => place % 3 === 1 })).toEqual(once);
      }),
      { numRuns: 40, seed: 4 },
    );
  });
});

describe('hostile text', () => {
  const marks = [
    '\n',
    '\n\n',
    '    ',
    '|',
    '```',
    '~~~',
    '#',
    '](',
    '[',
    '![',
    '<',
    '>',
    '\\',
    '*',
    '- ',
    '1. ',
    '=====',
    '\0',
  ];
  const signs = [
    '\u200b',
    '\ufeff',
    '\ud800',
    '\udc00',
    '🕯️',
    '“',
    'ß',
    'İ',
    'ﬁ',
    '%',
    '€',
    '2024-05-01',
    'http://a.test/',
    '@',
  ];
  const markdown = fc
    .array(fc.oneof(fc.constantFrom(...marks, ...signs, ...sentences), fc.string({ unit: 'binary' })), {
      maxLength: 60,
    })
    .map((parts) => parts.join(''));

  test('never throws, and judges the same way each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(markdown, { minLength: 2, maxLength: 5 }), async (versions) => {
        const judged = await judgeAll(texts(...versions));
        expect(await judgeAll(texts(...versions), { restartsAt: () => true })).toEqual(judged);
        for (const change of judged.slice(1)) expect(change?.reasons.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  test.each([
    ['brackets', '['.repeat(50_000)],
    ['links that do not end', '[a]('.repeat(20_000)],
    ['pictures that do not end', '![a](b '.repeat(20_000)],
    ['tags that do not end', '<a '.repeat(50_000)],
    ['backslashes', '\\'.repeat(50_000)],
    ['addresses', 'a.b-c@'.repeat(20_000)],
    ['numbers', '1.2,3/4:'.repeat(20_000)],
    ['dates', '1 May 2024 – '.repeat(10_000)],
    ['a table on one line', `| ${'cell of a table | '.repeat(12_000)}`],
    ['blanks', ` a${' '.repeat(100_000)}b`],
    ['hyphens', '- '.repeat(50_000)],
    ['emphasis', '*a_'.repeat(50_000)],
    ['fences', '```\n'.repeat(20_000)],
    ['one word', 'a'.repeat(500_000)],
    ['words of other scripts', '用户协议'.repeat(50_000)],
  ])(
    '%s',
    async (_, part) => {
      const judged = await judgeAll(
        texts(A, `${A}\n\n${part}`, `${A}\n\n${part} and one more word`, `${part}\n\n${A}`),
      );
      expect(judged.every((change, place) => place === 0 || change !== undefined)).toBe(true);
    },
    20_000,
  );
});
