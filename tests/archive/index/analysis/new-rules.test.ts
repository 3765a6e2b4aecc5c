import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ANALYSIS_RULES } from '../../../../archive/changes/analysis/analyse-change.ts';
import { openIndexReader } from '../../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../../archive/index/update-index.ts';
import { startProcess } from '../../../helpers/child-process.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../../helpers/history.ts';
import { dumpIndex } from '../../../helpers/index-dump.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const updater = join(import.meta.dirname, '..', 'update-in-child.ts');

const record = (service: string, number: number, sentence: string): CommitOfTest => ({
  message: `Record new changes of ${service} Terms`,
  date: 1_600_000_000 + number * 86_400,
  set: {
    [`${service}/Terms.md`]: [
      ...Array.from({ length: 30 }, (_, place) => `Clause ${place} of these terms of ${service} stands as it is.`),
      sentence,
    ].join('\n\n'),
  },
});

const history = (records: number): CommitOfTest[] =>
  Array.from({ length: records }, (_, number) =>
    record(`Service ${number % 5}`, number, `We keep what you send us for ${number} days after the end.`),
  );

/** An archive that was judged by former rules, which gave every change a significance of 0.77. */
async function judgedBefore(commits: readonly CommitOfTest[]) {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const indexFile = join(root, 'index.sqlite');
  addCommits(versionsDirectory, ...commits);
  await updateIndex({ versionsDirectory, indexFile, analysis: { rules: ANALYSIS_RULES + 1_000 } });
  const database = new DatabaseSync(indexFile);
  database.exec('UPDATE analysis SET significance = 77');
  database.close();
  const reader = openIndexReader(indexFile);
  onTestFinished(() => reader.close());
  return {
    versionsDirectory,
    indexFile,
    reader,
    /** Ended after the first versions were judged and written. */
    async endedEarly(rules = ANALYSIS_RULES): Promise<void> {
      const ending = new AbortController();
      const update = updateIndex({
        versionsDirectory,
        indexFile,
        analysis: { rules, versionsAtOnce: 20 },
        signal: ending.signal,
        onProgress({ part, done }) {
          if (part === 'analysis' && done > 0) ending.abort(new Error('ended'));
        },
      });
      await expect(update).rejects.toThrow('ended');
    },
    async fresh(): Promise<Record<string, unknown[]>> {
      const anew = join(await temporaryDirectory(), 'fresh.sqlite');
      await updateIndex({ versionsDirectory, indexFile: anew });
      return dumpIndex(anew);
    },
    /** What readers see of the first versions: how many analyses, and how many of former rules. */
    served(versions: number): { analyses: number; former: number } {
      const all = reader.versions({ until: new Date(1_600_000_000_000 + versions * 86_400_000) }, { limit: 10_000 });
      const analyses = all.flatMap(({ analysis }) => analysis ?? []);
      return { analyses: analyses.length, former: analyses.filter(({ significance }) => significance === 0.77).length };
    },
  };
}

test('by other rules all is judged anew beside, and readers get it at once when it is done', async () => {
  const records = 600;
  const { versionsDirectory, indexFile, reader, endedEarly, served, fresh } = await judgedBefore(history(records));
  const before = { analyses: records - 5, former: records - 5 };
  expect(served(records)).toEqual(before);
  expect(reader.state()).toMatchObject({ isJudgedAnew: true, versionsWithoutAnalysis: 0 });
  const order = reader.versions({ alerts: true }, { limit: 1_000 }).map(({ seq }) => seq);

  await endedEarly();
  expect(served(records)).toEqual(before);
  expect(reader.state()).toMatchObject({ isJudgedAnew: true, versionsWithoutAnalysis: 0, versionsWithoutText: 0 });
  const database = new DatabaseSync(indexFile, { readOnly: true });
  const reached = Number(database.prepare('SELECT seq FROM judging WHERE is_served = 0').get()?.seq);
  expect(reached).toBeGreaterThan(0);

  // What comes meanwhile can be searched at once, and is judged with all the rest.
  addCommits(versionsDirectory, record('Service 0', records, 'Zebras are sold for a fee of 15 %.'));
  await endedEarly();
  expect(reader.search({ text: 'zebras', limit: 5 }).hits).toHaveLength(1);
  expect(reader.latestVersion('Service 0', 'Terms')?.analysis).toBeUndefined();
  expect(reader.state()).toMatchObject({ isJudgedAnew: true, versionsWithoutAnalysis: 1 });
  expect(served(records)).toEqual(before);
  expect(Number(database.prepare('SELECT seq FROM judging WHERE is_served = 0').get()?.seq)).toBeGreaterThan(reached);
  database.close();

  await updateIndex({ versionsDirectory, indexFile });
  expect(served(records)).toEqual({ analyses: records - 5, former: 0 });
  expect(reader.state()).toMatchObject({ isJudgedAnew: false, versionsWithoutAnalysis: 0 });
  expect(reader.latestVersion('Service 0', 'Terms')?.analysis?.class).toBe('text');
  // An old change stands where it stood.
  expect(
    reader
      .versions({ alerts: true }, { limit: 1_000 })
      .slice(-order.length)
      .map(({ seq }) => seq),
  ).toEqual(order);
  expect(dumpIndex(indexFile)).toEqual(await fresh());
}, 120_000);

test('rules that changed once more in between, or back: what was begun is thrown away', async () => {
  const { versionsDirectory, indexFile, reader, endedEarly, served, fresh } = await judgedBefore(history(200));
  await endedEarly(ANALYSIS_RULES + 1);
  await endedEarly();
  expect(served(200).former).toBe(195);
  await updateIndex({ versionsDirectory, indexFile, analysis: { rules: ANALYSIS_RULES + 1_000 } });
  expect(served(200).former).toBe(195);
  await updateIndex({ versionsDirectory, indexFile });
  expect(served(200)).toEqual({ analyses: 195, former: 0 });
  expect(reader.state().isJudgedAnew).toBe(false);
  expect(dumpIndex(indexFile)).toEqual(await fresh());
  const database = new DatabaseSync(indexFile, { readOnly: true });
  for (const table of [
    'analysis',
    'analysis_topic',
    'analysis_reasons',
    'analysis_memory',
    'shared_block',
    'judging',
  ]) {
    expect(database.prepare(`SELECT count(DISTINCT side) AS sides FROM ${table}`).get()?.sides, table).toBeLessThan(2);
  }
  database.close();
}, 120_000);

test('a history that is rewritten: what stands is served on, what came is judged with all of it, also while new rules are applied', async () => {
  for (const isBetween of [false, true]) {
    const { versionsDirectory, indexFile, reader, endedEarly, served, fresh } = await judgedBefore(history(100));
    if (isBetween) await endedEarly();
    const base = reader.versions({}, { limit: 1, offset: 100 - 60 })[0];
    addCommits(
      versionsDirectory,
      { ...record('Service 0', 60, 'We keep what you send us for ever.'), parents: [base?.id ?? ''] },
      record('Service 1', 61, 'We keep what you send us for ever.'),
    );
    await endedEarly();
    expect(reader.state().versions).toBe(62);
    expect(reader.state()).toMatchObject({ isJudgedAnew: true, versionsWithoutAnalysis: 2 });
    expect(served(60)).toEqual({ analyses: 55, former: 55 });
    expect(reader.latestVersion('Service 0', 'Terms')?.analysis).toBeUndefined();
    await updateIndex({ versionsDirectory, indexFile });
    expect(served(100)).toEqual({ analyses: 57, former: 0 });
    expect(dumpIndex(indexFile)).toEqual(await fresh());
  }
}, 120_000);

test('a process that is killed while it judges anew leaves the former analyses, and is gone on from', async () => {
  const { versionsDirectory, indexFile, reader, served, fresh } = await judgedBefore(history(400));
  const expected = await fresh();
  const states = new Set<string>();
  for (let round = 0; round < 20; round++) {
    const { lines, kill } = startProcess(updater, [versionsDirectory, '', indexFile]);
    await lines.next();
    // Each time later, and at first before anything can be done, however quick the machine is.
    await Promise.race([pause(round * 25), lines.next()]);
    await kill();
    const { isJudgedAnew } = reader.state();
    expect(served(400)).toEqual({ analyses: 395, former: isJudgedAnew ? 395 : 0 });
    states.add(isJudgedAnew ? 'former' : 'new');
    if (!isJudgedAnew) break;
  }
  expect(states).toContain('former');
  await updateIndex({ versionsDirectory, indexFile });
  expect(served(400)).toEqual({ analyses: 395, former: 0 });
  expect(dumpIndex(indexFile)).toEqual(expected);
}, 240_000);
