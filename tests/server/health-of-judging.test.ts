import { expect, onTestFinished, test } from 'vitest';
import { ANALYSIS_RULES } from '../../archive/changes/analysis/analyse-change.ts';
import { updateIndex } from '../../archive/index/update-index.ts';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';
import { JUDGED_COLLECTION } from '../helpers/judged-collection.ts';
import { type ServedOfTest, servedOfTest } from '../helpers/served.ts';
import { appOfTest, listenInTest } from './http/app-of-test.ts';

/** What the server says of its only collection. */
async function told(served: ServedOfTest) {
  const queries = createQueryPool({ threads: 1 });
  onTestFinished(() => queries.close());
  const { origin } = await listenInTest(appOfTest({ collections: served, queries }).app);
  const health = await fetch(`${origin}/health`);
  const body = (await health.json()) as { status: string; collections: { index: Record<string, unknown> }[] };
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return { code: health.status, index: body.collections[0]?.index, metrics };
}

test('changes that are not judged yet are told, and are no fault', async () => {
  const served = await servedOfTest({ collections: [JUDGED_COLLECTION], withText: false });
  const before = await told(served);
  expect(before).toMatchObject({ code: 200, index: { versionsWithoutAnalysis: 11, isJudgedAnew: false } });
  expect(before.metrics).toContain('clausewatch_index_versions_without_analysis{collection="forge"} 11\n');
  expect(before.metrics).not.toContain('clausewatch_index_changes{');
  await updateIndex({ ...served.places('forge') });
  const after = await told(served);
  expect(after).toMatchObject({ code: 200, index: { versionsWithoutAnalysis: 0 } });
  expect(after.metrics).toContain('clausewatch_index_changes{collection="forge",class="text",alert="true"} 3\n');
  expect(after.metrics).toContain('clausewatch_index_changes{collection="forge",class="formatting",alert="false"} 1\n');
  expect(after.metrics).toContain('clausewatch_index_judged_anew{collection="forge"} 0\n');
});

test('answers by former rules are told', async () => {
  const served = await servedOfTest({ collections: [JUDGED_COLLECTION], withText: false });
  await updateIndex({ ...served.places('forge'), analysis: { rules: ANALYSIS_RULES + 1 } });
  const { index, metrics } = await told(served);
  expect(index).toMatchObject({ versionsWithoutAnalysis: 0, isJudgedAnew: true });
  expect(metrics).toContain('clausewatch_index_judged_anew{collection="forge"} 1\n');
});
