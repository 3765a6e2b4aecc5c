import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clauseAnswer, passageHistory, searchAnswer } from '../../../server/api/schemas/text.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

const TERMS = '/collections/harbour/services/Larkmail/terms/Terms%20of%20Service';
let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed();
  served.enter('harbour', (ledger) => {
    const day = (date: string): Date => new Date(`${date}T09:00:00Z`);
    for (const [date, status] of [
      ['2024-05-30', 'unchanged'],
      ['2024-05-31', 'unchanged'],
      ['2024-06-02', 'failed'],
    ] as const) {
      const run = { kind: 'track', startedAt: day(date), engineVersion: 'clausewatch/0', services: 1, terms: 1 };
      const facts = { serviceId: 'Larkmail', termsType: 'Terms of Service', date: day(date), versionId: undefined };
      const failures =
        status === 'failed'
          ? [
              {
                location: 'https://www.larkmail.example/terms',
                stage: 'fetch' as const,
                reason: 'timeout',
                message: 'No answer',
              },
            ]
          : [];
      ledger.recordTermsOutcome({ ...facts, runId: ledger.startRun(run), status, failures });
    }
  });
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const search = async (parameters: string) => searchAnswer.parse(await api.json(`/search?${parameters}`));

describe('search', () => {
  test('finds what stands and what went, in all collections, with its time', async () => {
    const { data, total } = await search('q=larkmail%20free');
    expect(total).toBe(2);
    expect(data.map(({ collection }) => collection).toSorted()).toEqual(['harbour', 'lighthouse']);
    const gone = data.find(({ collection }) => collection === 'harbour');
    expect(gone).toMatchObject({ serviceName: 'Larkmail', text: 'You may use Larkmail for free.' });
    expect(gone?.life.appeared).toMatchObject({ by: '2024-01-10T08:00:00.000Z', basis: 'first-record', after: null });
    expect(gone?.life.disappeared).toMatchObject({ by: '2025-02-03T08:00:00.000Z' });
    expect(gone?.excerpt.some(({ isMatch }) => isMatch)).toBe(true);
  });

  test('tells by checks what stood when, where checks are known', async () => {
    const { data } = await search('q=%22binding%20arbitration%22&collection=harbour');
    expect(data[0]?.life.appeared).toMatchObject({
      basis: 'checks',
      after: '2024-05-31T09:00:00.000Z',
      by: '2024-06-01T08:00:00.000Z',
    });
  });

  test.each<[string, number]>([
    ['q=larkmail&state=in-force&collection=harbour', 1],
    ['q=larkmail&state=removed&collection=harbour', 1],
    ['q=larkmail&service=larkmail', 1],
    ['q=privacy&type=Privacy%20Policy', 2],
    ['q=privacy&service=Nobody', 0],
    ['q=%C3%BCberfahrt', 1],
    ['q=uberfahrt', 1],
    ['q=arbit*', 1],
    ['q=letters%20OR%20nothing', 2],
    ['q=larkmail%20-free&collection=harbour', 1],
    ['q=larkmail&until=2024-01-15', 1],
    ['q=nowheretobefound', 0],
  ])('%s: %i', async (parameters, expected) => {
    const { data, total } = await search(parameters);
    expect([data.length, total]).toEqual([expected, expected]);
  });

  test.each([
    ['relevance', ''],
    ['date', ''],
    ['relevance', '&collection=harbour'],
    ['date', '&collection=harbour'],
  ])('parts are parts of one order, by %s%s', async (sort, where) => {
    const { data: all } = await search(`q=we%20OR%20larkmail&sort=${sort}${where}&limit=100`);
    expect(all.length).toBeGreaterThan(3);
    const parts = await Promise.all(
      all.map(
        async (_hit, offset) =>
          (await search(`q=we%20OR%20larkmail&sort=${sort}${where}&limit=1&offset=${offset}`)).data[0],
      ),
    );
    expect(parts).toEqual(all);
    const keys = all.map(({ score, life }) => (sort === 'date' ? Date.parse(life.appeared.by) : score));
    expect(keys).toEqual(keys.toSorted((a, b) => b - a));
    expect((await search(`q=larkmail&offset=999${where}`)).data).toEqual([]);
  });

  test('a query that cannot be read is refused with what is wrong', async () => {
    const response = await api.get('/search?q=%22%22');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'query-syntax', message: expect.stringContaining('no words to find') },
    });
  });

  test('exports', async () => {
    const response = await api.get('/search?q=larkmail&format=csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="search.csv"');
    const lines = (await response.text()).trimEnd().split('\r\n');
    const { total } = await search('q=larkmail');
    expect(lines).toHaveLength(1 + total);
    expect(lines[0]).toContain(
      'notBefore,appearedBy,appearedBasis,appearedGapDays,appearedGapReason,appearedByTechnicalUpgrade',
    );
    expect(lines[0]).toContain(
      'disappearedBy,disappearedBasis,disappearedGapDays,disappearedGapReason,disappearedByTechnicalUpgrade',
    );
    const gone = lines.find((line) => line.includes('Larkmail for free') && line.startsWith('harbour'));
    const { data } = await search('q=larkmail%20free&collection=harbour');
    expect(data[0]?.life.disappeared?.gap).not.toBeNull();
    expect(gone).toContain(`${data[0]?.life.disappeared?.gap?.days},${data[0]?.life.disappeared?.gap?.reason},false,`);
    expect(gone).toContain('first-record,,,false,');
    const jsonl = await (await api.get('/search?q=larkmail&format=jsonl')).text();
    expect(jsonl.trimEnd().split('\n')).toHaveLength(total);
  });
});

test('an export of more hits than can be sorted has all of them, in parts by date', async () => {
  const asked: unknown[] = [];
  const { data } = await search('q=larkmail&collection=harbour');
  const counting: typeof queries = {
    ...queries,
    search: async (questions, signal) => {
      asked.push(...questions.map(({ query }) => query.after));
      const small = questions.map(({ source, query }) => ({
        source,
        query: query.after === undefined ? query : { ...query, limit: 1 },
      }));
      const results = await queries.search(small, signal);
      // As if there were too many to be sorted.
      return results.map((one) => ('found' in one ? { found: { ...one.found, isTotalBounded: true } } : one));
    },
  };
  const asking = apiOfTest(served, counting);
  const lines = (await (await asking.get('/search?q=larkmail&collection=harbour&format=jsonl')).text())
    .trimEnd()
    .split('\n');
  const key = ({ blockId, serviceId }: { blockId: number; serviceId: string }): string => `${serviceId} ${blockId}`;
  expect(lines.map((line) => key(JSON.parse(line))).toSorted()).toEqual(data.map(key).toSorted());
  expect(asked.filter((after) => after !== undefined)).toHaveLength(data.length);
  const csv = await asking.get('/search?q=larkmail&collection=harbour&format=csv');
  const [names = '', first = ''] = Buffer.from(await csv.arrayBuffer())
    .toString()
    .split('\r\n');
  expect(names).toMatch(/^\ufeffcollection,.*,clauseId,page$/);
  expect(first).toMatch(/,\d+,https?:.*\/en\/harbour\/clauses\/\d+$/);
});

test('a search is narrowed by the language of the text; a day to come is refused', async () => {
  const all = await search('q=larkmail&collection=harbour');
  const [english, danish] = [
    await search('q=larkmail&collection=harbour&language=en'),
    await search('q=larkmail&collection=harbour&language=da'),
  ];
  expect([english.total > 0, english.total <= all.total, danish.total]).toEqual([true, true, 0]);
  const future = await api.get('/search?q=larkmail&since=2999-01-01');
  expect([future.status, await future.text()]).toEqual([400, expect.stringContaining('lies in the future')]);
});

test('an export of what is like a passage is refused where it could not hold all hits', async () => {
  const answering = (total: number, isTotalBounded: boolean) =>
    apiOfTest(served, {
      ...queries,
      search: async (asked) => asked.map(() => ({ found: { hits: [], total, isTotalBounded } })),
    }).get('/search?q=terms&match=passage&collection=harbour&format=csv');
  expect((await answering(1_000, false)).status).toBe(200);
  const tooMany = await answering(1_001, false);
  expect(tooMany.status).toBe(400);
  expect(await tooMany.json()).toMatchObject({
    error: { code: 'too-many-rows', message: '1,001 hits; a file holds 1,000.' },
  });
  expect(await (await answering(300, true)).text()).toContain('More than 300 hits');
});

describe('the history of a passage', () => {
  test('is that of its clause, through its wordings', async () => {
    const { data } = passageHistory.parse(
      await api.json(`${TERMS}/passages?text=${encodeURIComponent('use Larkmail for free')}`),
    );
    expect(data).toHaveLength(1);
    const [history] = data;
    expect(history?.wordings.map(({ text }) => text)).toEqual([
      'You may use Larkmail for free.',
      'You may use Larkmail for ten euros a year.',
    ]);
    expect(history?.life.disappeared).toBeNull();
    expect(history?.wordings[0]?.life.disappeared?.by).toBe('2025-02-03T08:00:00.000Z');
    const clause = clauseAnswer.parse(await api.json(`/collections/harbour/clauses/${history?.clauseId}`));
    expect(clause).toEqual({ ...history, incomplete: [] });
  });

  test('is empty where the passage never stood, and not found without such terms', async () => {
    expect(await api.json(`${TERMS}/passages?text=never%20written`)).toEqual({
      data: [],
      isComplete: true,
      incomplete: [],
    });
    expect((await api.get('/collections/harbour/services/X/terms/Y/passages?text=a')).status).toBe(404);
    expect((await api.get('/collections/harbour/clauses/999999')).status).toBe(404);
  });
});
