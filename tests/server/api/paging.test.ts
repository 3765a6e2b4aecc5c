import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeFilter } from '../../../server/api/change-filter.ts';
import { readCursor, writeCursor } from '../../../server/api/cursor.ts';
import { listChanges } from '../../../server/api/list-changes.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';
import type { TestRecord } from '../../helpers/small-collections.ts';

const TERMS = 'Terms of Service';
let count = 0;
const countOf = new Map<string, number>();

/** A new version of one of a collection's three services; every fifth is a technical upgrade of long ago. */
function nextRecord(collection: string): TestRecord {
  const place = count++;
  const own = countOf.get(collection) ?? 0;
  countOf.set(collection, own + 1);
  const isTechnicalUpgrade = own > 5 && own % 5 === 0;
  const date = isTechnicalUpgrade ? Date.UTC(2019, 0, 1, place) : Date.UTC(2024, 0, 1) + 3_600_000 * place;
  return {
    serviceId: `${collection} ${own % 3}`,
    termsType: TERMS,
    date: new Date(date).toISOString(),
    content: `# Terms\n\nNumber ${place}.`,
    isTechnicalUpgrade,
    snapshots: [],
  };
}

const recordsOf = (collection: string, length: number): TestRecord[] =>
  Array.from({ length }, () => nextRecord(collection));

let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  // Interleaved in time: 0–11 in one, 12–23 in the other, and so on.
  served = await openServed({
    collections: ['ash', 'birch', 'cedar'].map((id) => ({ id, records: recordsOf(id, id === 'cedar' ? 1 : 14) })),
  });
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const FILTERS: readonly ChangeFilter[] = [
  {},
  { technicalUpgrades: 'included', firstRecords: 'included' },
  { technicalUpgrades: 'only' },
  { services: ['ash 1', 'birch 2'], firstRecords: 'included' },
  { collections: ['birch'], technicalUpgrades: 'included' },
  { since: new Date('2024-01-01T06:00:00Z'), until: new Date('2024-01-02T00:00:00Z'), firstRecords: 'included' },
];

const idsOf = ({ changes }: ReturnType<typeof listChanges>): string[] =>
  changes.map(({ collection, version }) => `${collection.id} ${version.id}`);

test('no change is told twice or left out while new records come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILTERS),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.option(fc.constantFrom('ash', 'birch', 'cedar'), { freq: 2 }), { minLength: 2, maxLength: 4 }),
      async (filter, limit, arrivals) => {
        const before = idsOf(listChanges(served, filter, { limit: 10_000 }));
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let round = 0; ; round++) {
          const from = cursor === undefined ? undefined : readCursor(cursor);
          const part = listChanges(served, filter, { limit, from });
          seen.push(...idsOf(part));
          expect(part.changes.length).toBeLessThanOrEqual(limit);
          if (part.next === undefined) break;
          expect(part.changes).toHaveLength(limit);
          cursor = writeCursor(part.next);
          const arrival = arrivals[round];
          if (arrival) await served.record(arrival, [nextRecord(arrival)]);
        }
        expect(seen).toEqual(before);
        const after = idsOf(listChanges(served, filter, { limit: 10_000 }));
        expect(new Set(after).size).toBe(after.length);
        expect(new Set(before).difference(new Set(after)).size).toBe(0);
      },
    ),
    { numRuns: 8 },
  );
});

describe('the order over several collections', () => {
  test('is each collection in its commit order', () => {
    const { changes } = listChanges(served, { technicalUpgrades: 'included' }, { limit: 10_000 });
    for (const id of ['ash', 'birch']) {
      const places = changes.filter(({ collection }) => collection.id === id).map(({ version }) => version.seq);
      expect(places.length).toBeGreaterThan(5);
      expect(places).toEqual(places.toSorted((a, b) => b - a));
    }
  });

  test('is by date between them, without technical upgrades', () => {
    const { changes } = listChanges(served, { firstRecords: 'included' }, { limit: 10_000 });
    const dates = changes.map(({ version }) => version.fetchDate.getTime());
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  });

  test('does not hold back a collection whose newest record is an upgrade of long ago', async () => {
    const newest = new Date(Date.UTC(2024, 0, 1) + 3_600_000 * count).toISOString();
    await served.record('ash', [{ ...nextRecord('ash'), isTechnicalUpgrade: false, date: newest }]);
    const upgrade = { ...nextRecord('ash'), isTechnicalUpgrade: true, date: '2018-01-01T00:00:00Z' };
    const [id] = await served.record('ash', [{ ...upgrade, serviceId: 'ash 0' }]);
    const { changes } = listChanges(served, { technicalUpgrades: 'included' }, { limit: 3 });
    expect(changes.map(({ version }) => version.id)).toContain(id);
  });

  test('does not hold back a collection into which something old was imported', async () => {
    const imported = {
      ...nextRecord('birch'),
      serviceId: 'imported',
      date: '2011-01-01T00:00:00Z',
      isTechnicalUpgrade: false,
    };
    const newer = {
      ...nextRecord('birch'),
      serviceId: 'newer',
      date: '2024-06-01T00:00:00Z',
      isTechnicalUpgrade: false,
    };
    const [newerId, importedId] = await served.record('birch', [newer, imported]);
    const { changes } = listChanges(served, { firstRecords: 'only' }, { limit: 2 });
    expect(changes.map(({ version }) => version.id)).toEqual([importedId, newerId]);
  });
});

describe('cursors over HTTP', () => {
  test('lists end where they end, the same for services and versions', async () => {
    for (const path of ['/changes?technicalUpgrades=included', '/services', '/collections/ash/versions']) {
      const get = async (query: string) =>
        (await api.json(`${path}${path.includes('?') ? '&' : '?'}${query}`)) as {
          data: unknown[];
          nextCursor: string | null;
        };
      const { data: all } = await get('limit=500');
      const seen: unknown[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const part: { data: unknown[]; nextCursor: string | null } = await get(
          `limit=4${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        seen.push(...part.data);
        cursor = part.nextCursor;
      }
      expect(all.length).toBeGreaterThan(6);
      expect(seen).toEqual(all);
    }
  });

  test('a cursor of an index that was made anew is refused, as is one that is none', async () => {
    const outdated = writeCursor([{ collection: 'ash', place: { before: 5, epoch: 'another' } }]);
    const response = await api.get(`/changes?cursor=${outdated}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'cursor-outdated', next: 'Leave the cursor out to begin anew.' },
    });
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const epoch = served.get('ash')?.index().state().epoch;
    for (const value of [
      null,
      {},
      [1],
      [[]],
      [['ash', 1]],
      [['ash', -1, epoch]],
      [['ash', 1.5, epoch]],
      [['ash', '5', epoch]],
    ]) {
      expect((await api.get(`/changes?cursor=${encode(value)}`)).status).toBe(400);
    }
    // Places that are none of this list's: nothing, and no fault.
    const far = encode([
      ['ash', Number.MAX_SAFE_INTEGER, epoch],
      ['__proto__', 3, ''],
      ['nowhere', 1, epoch],
    ]);
    expect((await api.get(`/changes?cursor=${far}`)).status).toBe(200);
  });
});
