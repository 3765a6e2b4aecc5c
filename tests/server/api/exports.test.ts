import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerRows, MOST_ROWS } from '../../../server/api/export-rows.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

const FORMULA = '=cmd|"calc"!A1';
let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  const versionsOf = (serviceId: string, length: number) =>
    Array.from({ length }, (_, place) => ({
      serviceId,
      termsType: 'Terms of Service',
      date: new Date(Date.UTC(2024, 0, 1 + place)).toISOString(),
      content: `# Terms\n\nState ${place}.`,
      snapshots: [],
    }));
  served = await openServed({
    collections: [
      { id: 'ash', records: [...versionsOf(FORMULA, 3), ...versionsOf('Plain, "quoted"', 3)] },
      {
        id: 'birch',
        declarations: {
          Elder: { name: '+Elder', terms: { 'Terms of Service': { fetch: 'https://elder.example/', select: 'main' } } },
        },
        records: versionsOf('Elder', 3),
      },
    ],
  });
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

test('CSV holds all changes, a line each, with no cell that a spreadsheet runs', async () => {
  const response = await api.get('/changes?format=csv');
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="changes.csv"');
  const text = await response.text();
  const lines = text.split('\r\n');
  expect(lines[0]).toMatch(/^collection,service,serviceName,termsType,fetchDate,/);
  expect(lines).toHaveLength(1 + 6 + 1);
  expect(text).toContain(`ash,"'=cmd|""calc""!A1","'=cmd|""calc""!A1",Terms of Service,2024-01-03`);
  expect(text).toContain(`ash,"Plain, ""quoted""","Plain, ""quoted""",`);
  expect(text).toContain(`birch,Elder,'+Elder,`);
  expect(text).not.toMatch(/(^|,|\n)"?[=+@-]/);
});

test('JSON lines hold what the list holds', async () => {
  const { data } = (await api.json('/changes?limit=500')) as { data: unknown[] };
  const response = await api.get('/changes?format=jsonl');
  expect(response.headers.get('content-type')).toBe('application/jsonl');
  const lines = (await response.text()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(data);
});

test('services are a table of their terms, narrowed as their list is', async () => {
  const response = await api.get('/services?format=csv&collection=birch');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="services.csv"');
  const [head, ...rows] = (await response.text()).trimEnd().split('\r\n');
  expect(head).toMatch(/^collection,service,serviceName,termsType,isDeclared,locations,versions,/);
  expect(rows).toEqual([expect.stringMatching(/^birch,Elder,'\+Elder,Terms of Service,true,\S+,3,0,2024-/)]);
  const { data } = (await api.json('/services')) as { data: unknown[] };
  const lines = (await (await api.get('/services?format=jsonl')).text()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(data);
});

test('an export is narrowed like the list', async () => {
  const text = await (await api.get('/changes?format=csv&collection=birch&until=2024-01-03')).text();
  expect(text.split('\r\n')).toHaveLength(1 + 1 + 1);
});

test('rows are made as they are read, and no more once the reader has gone', async () => {
  let made = 0;
  let isEnded = false;
  function* parts(): Generator<{ text: string }[]> {
    try {
      while (made < MOST_ROWS) yield Array.from({ length: 100 }, () => ({ text: `row ${made++}` }));
    } finally {
      isEnded = true;
    }
  }
  const app = new Hono().get('/', (c) => answerRows(c, 'csv', 'rows', { text: ({ text }) => text }, parts()));
  const reader = (await app.request('/')).body?.getReader();
  await reader?.read();
  await reader?.read();
  expect(made).toBeLessThan(1_000);
  await reader?.cancel();
  expect(isEnded).toBe(true);
});
