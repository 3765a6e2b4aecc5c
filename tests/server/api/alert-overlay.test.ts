import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openServedCollections } from '../../../archive/collections/open-served-collections.ts';
import type { AnalysisAnswer, Changes } from '../../../server/api/contract.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { apiOfTest } from '../../helpers/api.ts';
import { addCommits, makeHistory } from '../../helpers/history.ts';
import { followOnDemand } from '../../helpers/index-on-demand.ts';
import { BRASS, JUDGED_COLLECTION } from '../../helpers/judged-collection.ts';
import { noteNotReproduced, noteUnchanged } from '../../helpers/noted-checks.ts';
import { servedOfTest } from '../../helpers/served.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const TERMS = { serviceId: 'Brass', termsType: 'Terms of Service' };

/** The first records of the judged collection, and the API over them. */
async function withRecords(count: number) {
  const records = JUDGED_COLLECTION.records?.slice(0, count) ?? [];
  const served = await servedOfTest({ collections: [{ ...JUDGED_COLLECTION, records }] });
  const api = apiOfTest(served);
  const ids = () => (served.get('forge')?.index().versions({}, { limit: 100 }) ?? []).map(({ id }) => id).toReversed();
  return {
    served,
    api,
    ids,
    async list(query = ''): Promise<[place: number, overlay: string | undefined][]> {
      const { data } = (await api.json(`/changes${query}`)) as Changes;
      return data.map(({ id, analysis }) => [ids().indexOf(id), analysis?.overlay?.kind]);
    },
    analysis: async (place: number) =>
      (await api.json(`/collections/forge/versions/${ids()[place]}/analysis`)) as AnalysisAnswer,
  };
}

test('a suspect text that stood for six checks is told, and so is its end', async () => {
  const { served, list, analysis, ids, api } = await withRecords(6);
  served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-21T08:00:00Z'), 6));
  expect(await list()).toEqual([
    [5, 'persisting'],
    [4, undefined],
    [3, undefined],
  ]);
  expect((await analysis(5)).analysis).toMatchObject({
    state: 'suspect',
    alert: false,
    overlay: { kind: 'persisting', date: '2024-02-27T08:00:00.000Z' },
  });
  const csv = await (await api.get('/changes?format=csv')).text();
  expect(csv).toContain('persisting,2024-02-27T08:00:00.000Z');
  await served.record('forge', [
    { ...TERMS, date: '2024-03-01T08:00:00Z', content: BRASS.relinked, snapshots: [] },
    { ...TERMS, date: '2024-03-02T08:00:00Z', content: BRASS.emphasised, snapshots: [] },
  ]);
  expect(await list()).toEqual([
    [6, undefined],
    [5, 'persisting'],
    [4, undefined],
    [3, undefined],
  ]);
  expect(await analysis(6)).toMatchObject({ analysis: { undoes: [{ versionId: ids()[5] }] }, undoneBy: null });
  expect(await analysis(5)).toMatchObject({ undoneBy: { versionId: ids()[6] } });
});

test('the return from a suspect text of which nobody was told is not told', async () => {
  const { served, list, analysis } = await withRecords(7);
  served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-22T08:00:00Z'), 9));
  expect(await list()).toEqual([
    [4, undefined],
    [3, undefined],
  ]);
  expect(await analysis(5)).toMatchObject({ undoneBy: null, analysis: { overlay: null } });
});

test('a change that a second fetch did not give again is shown with everything, marked', async () => {
  const { served, list, ids } = await withRecords(4);
  served.enter('forge', (ledger) => noteNotReproduced(ledger, TERMS, ids()[3] ?? '', new Date('2024-02-01T08:00:00Z')));
  expect(await list()).toEqual([]);
  expect(await list('?show=everything')).toEqual([
    [3, 'not-reproduced'],
    [2, undefined],
    [1, undefined],
  ]);
  // It stood all the same: it is told, as of the sixth check.
  served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-01T09:00:00Z'), 6));
  expect(await list()).toEqual([[3, 'persisting']]);
});

test('of several files in one commit each has its own analysis, and withdraws its own', async () => {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const both = (message: string, date: number, content: string) => ({
    message,
    date,
    set: { 'Brass/Terms of Service.md': content, 'Anvil/Privacy Policy.md': '# Privacy\n\nWe keep nothing.' },
  });
  const [, changed, undone] = addCommits(
    versionsDirectory,
    both('Start tracking Brass Terms of Service', 1_700_000_000, BRASS.plain),
    {
      ...both('Record new changes of Brass Terms of Service', 1_700_864_000, BRASS.arbitration),
      set: {
        'Brass/Terms of Service.md': BRASS.arbitration,
        'Anvil/Privacy Policy.md': '# Privacy\n\nWe keep your letters for thirty days and sell them to partners.',
      },
    },
    both('Record new changes of Brass Terms of Service', 1_701_728_000, BRASS.plain),
  );
  const served = await openServedCollections({
    collections: [
      {
        ...{ id: 'forge', name: 'Forge', kind: 'mirrored', isDefault: true, schedule: undefined, remotes: {} },
        ...{
          collectionDirectory: undefined,
          dataDirectory: root,
          versionsDirectory,
          snapshotsDirectory: `${root}/none`,
        },
        ...{ ledgerFile: `${root}/ledger.sqlite`, indexFile: join(root, 'index.sqlite') },
      },
    ],
    listsFile: undefined,
    tell: () => undefined,
    follow: (places) => followOnDemand(places),
  });
  onTestFinished(() => served.close());
  const queries = createQueryPool({ threads: 1 });
  onTestFinished(() => queries.close());
  const api = apiOfTest(served, queries);
  const { data } = (await api.json('/changes')) as Changes;
  expect(data.map(({ id, serviceId }) => [id, serviceId])).toEqual([
    [undone, 'Brass'],
    [undone, 'Anvil'],
    [changed, 'Brass'],
    [changed, 'Anvil'],
  ]);
  for (const change of data.slice(0, 2)) {
    const [reference] = change.analysis?.undoes ?? [];
    expect(reference?.versionId).toBe(changed);
    const path = reference?.link.replace('https://watch.example/base/api', '') ?? '';
    expect(await api.json(path)).toMatchObject({ id: changed, serviceId: change.serviceId });
    const reasons = change.analysis?.reasons.replace('https://watch.example/base/api', '') ?? '';
    expect(await api.json(reasons)).toMatchObject({ version: { id: undone, serviceId: change.serviceId } });
  }
  for (const change of data.slice(2)) {
    const reasons = change.analysis?.reasons.replace('https://watch.example/base/api', '') ?? '';
    const answer = (await api.json(reasons)) as AnalysisAnswer;
    expect(answer.undoneBy?.versionId).toBe(undone);
    expect(answer.undoneBy?.link).toContain(`service=${change.serviceId}`);
  }
});
