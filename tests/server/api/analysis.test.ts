import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { topicsUnavailable } from '../../../server/api/answers/analysis.ts';
import type { AnalysisAnswer, Changes } from '../../../server/api/contract.ts';
import { changeStatistics } from '../../../server/api/schemas/analysis.ts';
import * as schemas from '../../../server/api/schemas/version.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { BRASS, JUDGED_COLLECTION } from '../../helpers/judged-collection.ts';
import { openServed, type ServedOfTest, servedOfTest } from '../../helpers/served.ts';

const queries = createQueryPool({ threads: 1 });
let served: ServedOfTest;
let api: ApiOfTest;
/** Versions' ids in the order of their recording. */
let ids: string[];

beforeAll(async () => {
  served = await openServed({ collections: [JUDGED_COLLECTION] });
  api = apiOfTest(served, queries);
  ids = idsIn(served);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

const idsIn = (from: ServedOfTest): string[] =>
  (from.get('forge')?.index().versions({}, { limit: 100 }) ?? []).map(({ id }) => id).toReversed();

const list = async (query: string): Promise<Changes> => schemas.changes.parse(await api.json(`/changes?${query}`));
const placesOf = ({ data }: Changes): number[] => data.map(({ id }) => ids.indexOf(id));
const analysisOf = async (place: number): Promise<AnalysisAnswer> =>
  schemas.analysisAnswer.parse(await api.json(`/collections/forge/versions/${ids[place]}/analysis`));

describe('lists are narrowed by how changes were judged', () => {
  test.each<[string, number[]]>([
    // The alert of February was withdrawn ten days later: that is told too.
    ['', [10, 8, 4, 3]],
    ['show=alerts', [10, 8, 4, 3]],
    ['show=everything', [10, 8, 6, 5, 4, 3, 2, 1]],
    ['show=everything&technicalUpgrades=included', [10, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['class=text', [10, 8, 4, 3]],
    ['class=text&show=everything', [10, 8, 6, 5, 4, 3]],
    ['class=formatting', [1]],
    ['class=formatting&class=links', [2, 1]],
    ['class=links', [2]],
    ['class=links&show=alerts', []],
    ['class=formatting&show=alerts', []],
    ['state=suspect', [5]],
    ['state=return', [6, 4]],
    ['state=return&show=alerts', [4]],
    ['topic=disputes/arbitration', [4, 3]],
    ['topic=money/fees', [8]],
    ['topic=money/fees&topic=disputes/class-action', [8, 4, 3]],
    ['topic=money/fees&show=everything', [8, 5]],
    ['topic=money/fees&state=suspect', [5]],
    ['topic=safety/illegal', []],
    ['service=Kobber', [10]],
    ['until=2024-02-11', [3]],
    ['technicalUpgrades=only', [7]],
    ['technicalUpgrades=only&show=alerts', []],
    ['firstRecords=only', [9, 0]],
  ])('?%s', async (query, expected) => expect(placesOf(await list(query))).toEqual(expected));

  test('in parts as at once', async () => {
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const part = await list(`limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...placesOf(part));
      cursor = part.nextCursor;
    }
    expect(seen).toEqual([10, 8, 4, 3]);
  });

  test.each([
    ['topic=arbitration', 'topic', /has to be one of disputes\/arbitration, disputes\/class-action, .*safety\/illegal/],
    ['class=text&class=words', 'class', /has to be one of none, formatting, links, moved, numbering, date, text/],
    ['state=', 'state', /has to be one of ok, return, reverted, suspect, persisting/],
    ['show=all', 'show', /has to be one of alerts, everything/],
    ['show=alerts&show=everything', 'show', /given more than once/],
  ])('?%s is refused with what is allowed', async (query, parameter, message) => {
    for (const path of ['/changes', '/changes?format=csv']) {
      const response = await api.get(`${path}${path.includes('?') ? '&' : '?'}${query}`);
      expect(response.status).toBe(400);
      const { error } = (await response.json()) as { error: { faults: object[] } };
      expect(error.faults[0]).toEqual({ parameter, message: expect.stringMatching(message) });
    }
  });
});

describe('what a change says of itself', () => {
  test('an alert', async () => {
    const { data } = await list('topic=disputes/class-action&until=2024-02-02');
    expect(data[0]?.analysis).toEqual({
      class: 'text',
      state: 'ok',
      alert: true,
      significance: expect.closeTo(0.7, 0),
      topics: ['disputes/arbitration', 'disputes/class-action'],
      topicsUnavailable: null,
      language: 'en',
      statedDates: [{ date: '2024-04-01', kind: 'effective' }],
      wordsAdded: 34,
      wordsRemoved: 0,
      undoes: [],
      overlay: null,
      reasons: `https://watch.example/base/api/collections/forge/versions/${ids[3]}/analysis?service=Brass&type=Terms+of+Service`,
    });
  });

  test('its withdrawal leads to it', async () => {
    const { data } = await list('state=return&until=2024-02-12');
    expect(data[0]?.analysis).toMatchObject({
      alert: false,
      state: 'return',
      undoes: [
        {
          versionId: ids[3],
          fetchDate: '2024-02-01T08:00:00.000Z',
          link: `https://watch.example/base/api/collections/forge/versions/${ids[3]}?service=Brass&type=Terms+of+Service`,
        },
      ],
    });
    const link = data[0]?.analysis?.undoes[0]?.link.replace('https://watch.example/base/api', '') ?? '';
    expect(await api.json(link)).toMatchObject({ id: ids[3], content: expect.stringContaining('arbitration') });
  });

  test('where there is no lexicon for a language, that is said, and nothing else is lost', async () => {
    const { data } = await list('service=Kobber');
    expect(data[0]?.analysis).toMatchObject({ alert: true, topics: null, class: 'text' });
    expect(data[0]?.analysis?.topicsUnavailable?.message).toMatch(/^Topics are not available.*\.$/);
    expect(data[0]?.analysis?.significance).toBeGreaterThan(0);
    expect(topicsUnavailable('da')).toEqual({ language: 'da', message: 'Topics are not available in Danish.' });
    expect(topicsUnavailable(undefined).language).toBeNull();
  });

  test('what changes nothing says nothing', async () => {
    const { data } = await list('firstRecords=only');
    expect(data.map(({ analysis }) => analysis)).toEqual([null, null]);
  });
});

describe('the reasons of one change', () => {
  test('of an alert, with its withdrawal', async () => {
    const answer = await analysisOf(3);
    expect(answer).toMatchObject({
      version: { id: ids[3] },
      previousId: ids[2],
      status: 'judged',
      analysis: { alert: true, undoes: [] },
      undoneBy: { versionId: ids[4], fetchDate: '2024-02-11T08:00:00.000Z' },
    });
    expect(answer.reasons.length).toBeGreaterThan(0);
    expect(answer.reasons.join('\n')).toContain('all disputes are settled by binding arbitration');
  });

  test('of the withdrawal, which nothing withdrew', async () => {
    const answer = await analysisOf(4);
    expect(answer).toMatchObject({ analysis: { undoes: [{ versionId: ids[3] }] }, undoneBy: null });
    expect(answer.reasons[0]).toMatch(/^same words as the version of .*2024/);
  });

  test.each([
    [0, 'first-record'],
    [7, 'judged'],
    [9, 'first-record'],
  ])('of record %i: %s', async (place, status) => expect(await analysisOf(place)).toMatchObject({ status }));

  test('the terms that are meant can be named; others are not there', async () => {
    const path = `/collections/forge/versions/${ids[3]}/analysis`;
    expect(await api.json(`${path}?service=Brass&type=Terms%20of%20Service`)).toMatchObject({
      version: { id: ids[3] },
    });
    expect((await api.get(`${path}?service=Kobber`)).status).toBe(404);
    expect((await api.get(`/collections/forge/versions/${'0'.repeat(40)}/analysis`)).status).toBe(404);
    expect((await api.get(`${path}?show=alerts`)).status).toBe(400);
  });
});

test('the numbers of a collection', async () => {
  const answer = changeStatistics.parse(await api.json('/collections/forge/statistics'));
  expect(answer).toEqual({
    collection: 'forge',
    changes: 8,
    judged: 8,
    alerts: 3,
    alertedShare: 0.375,
    byClass: { none: 0, formatting: 1, links: 1, moved: 0, numbering: 0, date: 0, text: 6 },
    byState: { ok: 5, return: 2, reverted: 0, suspect: 1, persisting: 0 },
    isJudgedAnew: false,
    incomplete: [],
  });
  const { links } = (await api.json('/collections/forge')) as { links: { statistics: string } };
  expect(links.statistics).toBe('https://watch.example/base/api/collections/forge/statistics');
});

describe('files', () => {
  const rowsOf = async (query: string): Promise<Record<string, string>[]> => {
    const [head = '', ...lines] = (await (await api.get(`/changes?format=csv${query}`)).text()).trimEnd().split('\r\n');
    // None of these cells has a comma.
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [head.split(',')[at], cell])));
  };

  test('hold alerts, with how they were judged', async () => {
    const rows = await rowsOf('');
    expect(rows.map(({ versionId = '' }) => ids.indexOf(versionId))).toEqual([10, 8, 4, 3]);
    expect(rows[3]).toMatchObject({
      class: 'text',
      state: 'ok',
      alert: 'true',
      topics: 'disputes/arbitration disputes/class-action',
      language: 'en',
      wordsAdded: '34',
      wordsRemoved: '0',
      effectiveDate: '2024-04-01',
      undoes: '',
      overlay: '',
    });
    expect(rows[2]).toMatchObject({ state: 'return', alert: 'false', undoes: ids[3] });
    expect(rows[0]).toMatchObject({ topics: '' });
  });

  test('hold everything where that is asked', async () => {
    expect(await rowsOf('&show=everything')).toHaveLength(8);
    const [first] = await rowsOf('&firstRecords=only');
    expect(first).toMatchObject({ class: '', alert: '', significance: '' });
    const text = await (await api.get('/changes?format=jsonl&class=links')).text();
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual((await list('class=links')).data);
  });
});

test('a technical upgrade is told where it withdraws what was told, and nowhere else', async () => {
  const records = JUDGED_COLLECTION.records?.slice(0, 4) ?? [];
  const upgrade = {
    ...{ serviceId: 'Brass', termsType: 'Terms of Service', date: '2024-02-01T08:00:00Z', snapshots: [] },
    ...{ content: BRASS.relinked, isTechnicalUpgrade: true },
  };
  const own = await servedOfTest({ collections: [{ ...JUDGED_COLLECTION, records: [...records, upgrade] }] });
  const { data } = schemas.changes.parse(await apiOfTest(own, queries).json('/changes'));
  expect(data.map(({ isTechnicalUpgrade, analysis }) => [isTechnicalUpgrade, analysis?.undoes.length])).toEqual([
    [true, 1],
    [false, 0],
  ]);
});

describe('while changes are not judged yet', () => {
  let unjudged: ServedOfTest;
  let ask: ApiOfTest;
  beforeAll(async () => {
    unjudged = await openServed({ collections: [JUDGED_COLLECTION], withText: false });
    ask = apiOfTest(unjudged, queries);
  });
  afterAll(() => unjudged.close());
  const incomplete = [{ collection: 'forge', versionsWithoutAnalysis: 11 }];

  test('an empty list says so, and is not kept', async () => {
    const response = await ask.get('/changes');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.json()).toEqual({ data: [], nextCursor: null, unavailable: [], incomplete });
    const everything = schemas.changes.parse(await ask.json('/changes?show=everything'));
    expect(everything.data.map(({ analysis }) => analysis)).toEqual(Array(8).fill(null));
    expect(everything.incomplete).toEqual(incomplete);
  });

  test.each(['csv', 'jsonl'])('a file of alerts (%s), which could not say so, is refused', async (format) => {
    for (const query of ['', '&class=formatting', '&topic=money/fees&show=everything']) {
      const response = await ask.get(`/changes?format=${format}${query}`);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('30');
      expect(await response.json()).toMatchObject({
        error: { code: 'index-unavailable', message: expect.stringContaining('“forge”, 11 versions are not judged') },
      });
    }
    expect((await ask.get(`/changes?format=${format}&show=everything`)).status).toBe(200);
  });

  test('so do the reasons, the numbers and the collection', async () => {
    const [first, second] = idsIn(unjudged);
    const path = (id: string | undefined) => `/collections/forge/versions/${id}/analysis`;
    expect(await ask.json(path(first))).toMatchObject({ status: 'first-record' });
    expect(await ask.json(path(second))).toMatchObject({ status: 'pending', analysis: null, reasons: [] });
    expect((await ask.get(path(second))).headers.get('cache-control')).toBe('no-cache');
    expect(await ask.json('/collections/forge/statistics')).toMatchObject({
      changes: 8,
      judged: 0,
      alertedShare: null,
      incomplete,
    });
    expect(await ask.json('/collections/forge')).toMatchObject({ index: { versionsWithoutAnalysis: 11 } });
  });

  test('afterwards all are there', async () => {
    await updateIndex({ ...unjudged.places('forge') });
    const answer = schemas.changes.parse(await ask.json('/changes'));
    expect([answer.data.length, answer.incomplete]).toEqual([4, []]);
    expect((await ask.get('/changes?format=csv')).status).toBe(200);
  });
});
