import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparison } from '../../../server/api/schemas/comparison.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed();
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const compare = async (parameters: string) => comparison.parse(await api.json(`/compare?${parameters}`));

test('tells which terms hold something and since when', async () => {
  const { data, compared } = await compare('q=arbitration&type=Terms%20of%20Service&collection=harbour');
  expect(compared).toBe(3);
  expect(data.map(({ serviceName }) => serviceName)).toEqual(['Larkmail']);
  expect(data[0]?.mention).toMatchObject({ paragraphs: 1, disappeared: null, absences: 0 });
  expect(data[0]?.changes).toBeNull();
});

test('has all terms where it is asked to, and sorts by since when', async () => {
  const { data } = await compare('q=arbitration&collection=harbour&show=all&sort=since');
  expect(data[0]?.serviceName).toBe('Larkmail');
  expect(data.length).toBeGreaterThan(3);
});

test('counts changes about a topic', async () => {
  const { data } = await compare('topic=disputes/arbitration&collection=harbour');
  expect(data).toEqual([
    expect.objectContaining({ serviceId: 'Larkmail', mention: null, changes: expect.objectContaining({ count: 1 }) }),
  ]);
});

test('comes as a table', async () => {
  const response = await api.get('/compare?q=arbitration&collection=harbour&format=csv');
  expect(response.headers.get('content-type')).toContain('text/csv');
  const [head, ...rows] = (await response.text()).trim().split('\n');
  expect(head).toContain('appearedBy');
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('Larkmail');
});

test('says what cannot be read of a query', async () => {
  const response = await api.get('/compare?q=-arbitration');
  expect(response.status).toBe(400);
});
