import { afterAll, expect, test } from 'vitest';
import { searchAnswer } from '../../../server/api/schemas/text.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { apiOfTest } from '../../helpers/api.ts';
import { servedOfTest } from '../../helpers/served.ts';

const queries = createQueryPool({ threads: 1 });
afterAll(() => queries.close());

const clauses = (count: number): string =>
  Array.from({ length: count }, (_, place) => `Clause ${place} is about otters, and about nothing else.`).join('\n\n');

const record = (date: string, content: string) => ({
  serviceId: 'Otterly',
  termsType: 'Terms of Service',
  date: `${date}T08:00:00Z`,
  content,
  snapshots: [],
});

test('more than a thousand hits are all in a file, each once, those that came last first in each collection', async () => {
  const otters = await servedOfTest({
    collections: [
      { id: 'river', records: [record('2024-01-10', clauses(1_300)), record('2024-02-10', clauses(2_100))] },
      { id: 'sea', kind: 'mirrored', records: [record('2023-01-10', clauses(40))] },
    ],
  });
  const api = apiOfTest(otters, queries);
  const rows = (await (await api.get('/search?q=otters&format=jsonl')).text())
    .trimEnd()
    .split('\n')
    .map((line) => searchAnswer.shape.data.element.parse(JSON.parse(line)));
  expect(rows.map(({ collection }) => collection).filter((id) => id === 'sea')).toHaveLength(40);
  expect(new Set(rows.map(({ collection, clauseId }) => `${collection} ${clauseId}`)).size).toBe(2_140);
  expect(rows).toHaveLength(2_140);
  const days = rows.filter(({ collection }) => collection === 'river').map(({ life }) => life.appeared.by);
  expect(days).toEqual(days.toSorted().toReversed());
  const csv = (await (await api.get('/search?q=otters&format=csv')).text()).trimEnd().split('\r\n');
  expect(csv).toHaveLength(1 + 2_140);
  const answer = searchAnswer.parse(await api.json('/search?q=otters&limit=1'));
  expect([answer.total >= 1_000, answer.isTotalBounded]).toEqual([true, true]);
});

test('of more than a thousand hits the filters hold in the file too', async () => {
  const otters = await servedOfTest({
    collections: [
      { id: 'river', records: [record('2024-01-10', clauses(1_150)), record('2024-02-10', clauses(1_100))] },
    ],
  });
  const api = apiOfTest(otters, queries);
  const count = async (filter: string): Promise<number> =>
    (await (await api.get(`/search?q=otters&format=jsonl&${filter}`)).text()).split('\n').filter(Boolean).length;
  expect(await count('state=any')).toBe(1_150);
  expect(await count('state=in-force')).toBe(1_100);
  expect(await count('state=removed')).toBe(50);
  expect(await count('since=2024-02-11')).toBe(1_100);
});
