import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { searchAnswer } from '../../../server/api/schemas/text.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { JUDGED_COLLECTION } from '../../helpers/judged-collection.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed({ collections: [JUDGED_COLLECTION] });
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const found = async (parameters: string): Promise<readonly string[]> =>
  searchAnswer.parse(await api.json(`/search?${parameters}`)).data.map(({ text }) => text);

const ARBITRATION = expect.stringContaining('settled by binding arbitration');
const TWELVE = expect.stringContaining('fee of twelve euros');
const FIFTEEN = expect.stringContaining('fee of fifteen euros');
const DENIED = expect.stringContaining('Access denied');

describe('what brought or removed a paragraph', () => {
  test.each<[string, readonly unknown[]]>([
    ['q=arbitration&class=text', [ARBITRATION]],
    ['q=arbitration&class=links', []],
    ['q=arbitration&class=formatting&class=text', [ARBITRATION]],
    ['q=arbitration&topic=disputes/arbitration', [ARBITRATION]],
    ['q=arbitration&topic=disputes/class-action', [ARBITRATION]],
    ['q=arbitration&topic=ai/training', []],
    ['q=%22monthly%20fee%22&topic=money/fees', [FIFTEEN, TWELVE]],
    ['q=%22monthly%20fee%22&topic=disputes/arbitration', []],
    ['q=%22dry%20room%22&class=formatting', [expect.stringContaining('dry room')]],
    ['q=arbitration&topic=disputes/arbitration&language=en', [ARBITRATION]],
    ['q=arbitration&topic=disputes/arbitration&language=da', []],
    ['q=kroner', [expect.stringContaining('for ti kroner')]],
    // Of a language that has no file nothing is known.
    ['q=kroner&language=da', []],
    ['q=kroner&language=en', []],
  ])('%s', async (parameters, expected) => {
    const texts = await found(parameters);
    expect(texts).toHaveLength(expected.length);
    expect(texts).toEqual(expect.arrayContaining([...expected]));
  });

  test.each(['class=nothing', 'topic=nothing', 'topic=disputes', 'language=zz'])('%s is refused', async (filter) => {
    const answer = await api.get(`/search?q=arbitration&${filter}`);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: expect.objectContaining({ code: 'invalid-request' }) },
    ]);
  });
});

describe('when a paragraph stood', () => {
  // It came on the 1st of February 2024 and went on the 11th.
  test.each<[string, readonly unknown[]]>([
    ['q=arbitration&since=2024-02-05', [ARBITRATION]],
    ['q=arbitration&since=2024-02-12', []],
    ['q=arbitration&until=2024-02-01', []],
    ['q=arbitration&until=2024-02-02', [ARBITRATION]],
    ['q=arbitration&since=2024-02-03&until=2024-02-04', [ARBITRATION]],
    ['q=arbitration&since=2023-01-01&until=2024-01-31', []],
    ['q=denied&since=2024-02-21T08:00:00Z&until=2024-02-21T09:00:00Z', [DENIED]],
    ['q=%22monthly%20fee%22&until=2024-03-01', [TWELVE]],
    ['q=%22monthly%20fee%22&since=2024-03-12', [FIFTEEN]],
    ['q=%22monthly%20fee%22&since=2024-03-12&state=removed', []],
    ['q=%22monthly%20fee%22&since=2024-01-02&state=removed', [TWELVE]],
  ])('%s', async (parameters, expected) => {
    const texts = await found(parameters);
    expect(texts).toHaveLength(expected.length);
    expect(texts).toEqual(expect.arrayContaining([...expected]));
  });

  test.each(['since=2999-01-01', 'since=2024-02-02&until=2024-02-01', 'until=soon'])('%s is refused', async (range) => {
    expect((await api.get(`/search?q=arbitration&${range}`)).status).toBe(400);
  });
});
