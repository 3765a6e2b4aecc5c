import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBrokenStandings } from '../../../../archive/index/text/broken-standings.ts';

type Spans = readonly (readonly [number, number | null])[];

function databaseOf(standings: readonly { terms: number; block: number; spans: Spans }[]): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE standing (block INTEGER, terms INTEGER, spans TEXT, PRIMARY KEY (block, terms))');
  const insert = database.prepare('INSERT INTO standing VALUES (?, ?, ?)');
  for (const { block, terms, spans } of standings) insert.run(block, terms, JSON.stringify(spans));
  return database;
}

/** Versions rise, and a block is away for at least one of them. */
const someSpans = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 })
  .map((versions) => versions.toSorted((a, b) => a - b))
  .map(
    (versions): Spans =>
      Array.from({ length: Math.ceil(versions.length / 2) }, (_, place): readonly [number, number | null] => [
        versions[2 * place] ?? 0,
        versions[2 * place + 1] ?? null,
      ]),
  );

test('what came back and what went for a time, as the spans have it', () => {
  fc.assert(
    fc.property(fc.array(someSpans, { maxLength: 8 }), fc.integer({ min: 1, max: 61 }), (all, seq) => {
      const standings = all.map((spans, place) => ({ terms: 1 + (place % 2), block: 900 - 7 * place, spans }));
      const database = databaseOf(standings);
      const find = createBrokenStandings(database);
      for (const terms of [1, 2, 3]) {
        const own = standings.filter((one) => one.terms === terms).toSorted((a, b) => a.block - b.block);
        const blocksWhere = (has: (spans: Spans) => boolean) =>
          own.filter(({ spans }) => has(spans)).map(({ block }) => block);
        expect(find(terms, seq, 40)).toEqual({
          returned: blocksWhere((spans) => spans.slice(1).some(([start]) => start === seq)),
          left: blocksWhere((spans) => spans.slice(0, -1).some(([, end]) => end === seq)),
        });
      }
      database.close();
    }),
    { numRuns: 100 },
  );
});

test('no more than are asked for', () => {
  const database = databaseOf(
    [3, 5, 8].map((block) => ({
      terms: 1,
      block,
      spans: [
        [1, 2],
        [4, null],
      ] as const,
    })),
  );
  const find = createBrokenStandings(database);
  expect(find(1, 4, 2)).toEqual({ returned: [3, 5], left: [] });
  expect(find(1, 2, 9)).toEqual({ returned: [], left: [3, 5, 8] });
  expect(find(1, 3, 9)).toEqual({ returned: [], left: [] });
});
