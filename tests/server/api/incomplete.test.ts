import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { clauseAnswer, passageHistory, searchAnswer } from '../../../server/api/schemas/text.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

const PASSAGES =
  '/collections/harbour/services/Larkmail/terms/Terms%20of%20Service/passages?text=larkmail%20for%20free';
const queries = createQueryPool({ threads: 1 });

describe('while the text of records is not taken in yet', () => {
  let served: ServedOfTest;
  let api: ApiOfTest;
  beforeAll(async () => {
    served = await openServed({ withText: false });
    api = apiOfTest(served, queries);
    await updateIndex({ ...served.places('lighthouse') });
  });
  afterAll(() => served.close());

  const versions = (): number | undefined => served.get('harbour')?.index().state().versionsWithoutText;

  test('a search that finds nothing says of which collections it knows nothing, and is not kept', async () => {
    const response = await api.get('/search?q=larkmail');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const { total, incomplete, unavailable } = searchAnswer.parse(await response.json());
    expect(total).toBe(1);
    expect(unavailable).toEqual([]);
    expect(versions()).toBeGreaterThan(0);
    expect(incomplete).toEqual([{ collection: 'harbour', versionsWithoutText: versions() }]);
    const whole = await api.get('/search?q=larkmail&collection=lighthouse');
    expect(whole.headers.get('cache-control')).toBe('public, max-age=60');
    expect(await whole.json()).toMatchObject({ incomplete: [] });
  });

  test('so does a passage', async () => {
    const response = await api.get(PASSAGES);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(passageHistory.parse(await response.json())).toEqual({
      data: [],
      isComplete: false,
      incomplete: [{ collection: 'harbour', versionsWithoutText: versions() }],
    });
  });

  test.each(['/search?q=larkmail&format=csv', '/search?q=larkmail&format=jsonl', '/collections/harbour/clauses/1'])(
    '%s, which could not say so, is refused',
    async (path) => {
      const response = await api.get(path);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({
        error: {
          code: 'index-unavailable',
          message: expect.stringContaining('“harbour” can be searched only in part'),
        },
      });
    },
  );

  test('afterwards all of it is answered', async () => {
    await updateIndex({ ...served.places('harbour') });
    expect(searchAnswer.parse(await api.json('/search?q=larkmail'))).toMatchObject({ incomplete: [] });
    const { data, isComplete, incomplete } = passageHistory.parse(await api.json(PASSAGES));
    expect([data.length, isComplete, incomplete]).toEqual([1, true, []]);
    const clause = await api.get(`/collections/harbour/clauses/${data[0]?.clauseId}`);
    expect(clause.headers.get('cache-control')).toBe('public, max-age=60');
    expect(clauseAnswer.parse(await clause.json()).incomplete).toEqual([]);
    expect((await api.get('/search?q=larkmail&format=csv')).status).toBe(200);
  });
});

test('a passage of more clauses than are told says so', async () => {
  const record = (paragraphs: number) => ({
    serviceId: `Mooring ${paragraphs}`,
    termsType: 'Terms of Service',
    date: '2024-01-01T00:00:00Z',
    content: Array.from({ length: paragraphs }, (_, place) => `The harbour fee of berth number ${place} is due.`).join(
      '\n\n',
    ),
  });
  const served = await openServed({ collections: [{ id: 'quay', records: [record(3), record(25)] }] });
  try {
    const api = apiOfTest(served, queries);
    const of = async (paragraphs: number) =>
      passageHistory.parse(
        await api.json(
          `/collections/quay/services/Mooring%20${paragraphs}/terms/Terms%20of%20Service/passages?text=The%20harbour%20fee%20of%20berth`,
        ),
      );
    const few = await of(3);
    expect([few.data.length, few.isComplete]).toEqual([3, true]);
    const many = await of(25);
    expect([many.data.length, many.isComplete, many.incomplete]).toEqual([20, false, []]);
  } finally {
    await served.close();
  }
});

afterAll(() => queries.close());
