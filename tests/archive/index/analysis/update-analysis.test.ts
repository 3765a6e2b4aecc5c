import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ANALYSIS_RULES } from '../../../../archive/changes/analysis/analyse-change.ts';
import { reasonSentence } from '../../../../archive/changes/analysis/reason-sentence.ts';
import { updateAnalysis } from '../../../../archive/index/analysis/update-analysis.ts';
import { openIndexReader } from '../../../../archive/index/open-reader.ts';
import { type UpdateIndexOptions, updateIndex } from '../../../../archive/index/update-index.ts';
import { addCommits, makeHistory } from '../../../helpers/history.ts';
import { git } from '../../../helpers/repository.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const BASE = Array.from({ length: 20 }, (_, place) => `Clause ${place} says what it says about matter ${place * 7}.`);
const DAYS = (days: number): string =>
  [...BASE, `We keep your data for ${days} days after you have closed your account.`].join('\n\n');

/** Versions of one document with these texts, indexed as far as asked. */
async function archive(texts: readonly string[], options: Partial<UpdateIndexOptions> = {}) {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const indexFile = join(root, 'index.sqlite');
  let day = 0;
  const add = (...more: readonly string[]): string[] =>
    addCommits(
      versionsDirectory,
      ...more.map((text) => ({
        message: 'Record new changes of Acme Terms',
        date: 1_600_000_000 + 86_400 * day++,
        set: { 'Acme/Terms.md': text },
      })),
    );
  const ids = add(...texts);
  await updateIndex({ versionsDirectory, indexFile, ...options });
  const reader = openIndexReader(indexFile);
  onTestFinished(() => reader.close());
  return {
    versionsDirectory,
    indexFile,
    ids,
    add,
    reader,
    /** Takes the content of a version away. */
    lose(id: string | undefined): void {
      const blob = git(versionsDirectory, 'rev-parse', `${id}:Acme/Terms.md`).trim();
      rmSync(join(versionsDirectory, 'objects', blob.slice(0, 2), blob.slice(2)), { force: true });
    },
    states: () => reader.versions({}, { limit: 100 }).map(({ analysis }) => analysis?.state),
  };
}

describe('analyses', () => {
  test('an alert that is undone: both are told, the second names the first', async () => {
    const { reader, ids } = await archive([DAYS(30), DAYS(90), DAYS(30)]);
    const [undone, alert, first] = reader.versions({}, { limit: 10 });
    expect(first?.analysis).toBeUndefined();
    expect(alert?.analysis).toMatchObject({ class: 'text', state: 'ok', alert: true, undoes: [] });
    expect(undone?.analysis).toMatchObject({ state: 'return', alert: false, undoes: [ids[1]] });
    expect(reader.versions({ alerts: true }, { limit: 10 }).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect(reader.countVersions({ alerts: true })).toBe(2);
    expect(
      reader
        .reasons(alert ?? { seq: 0 })
        .map(reasonSentence)
        .join(),
    ).toContain('90 days');
    expect(reader.reasons({ seq: 1 })).toEqual([]);
    expect(reader.reasons({ seq: 99 })).toEqual([]);
  });

  test('records alone, and a new record: how many are not judged yet is told', async () => {
    const { reader, add, versionsDirectory, indexFile } = await archive([DAYS(30), DAYS(90)], { withText: false });
    expect(reader.state()).toMatchObject({ versionsWithoutAnalysis: 2, isJudgedAnew: false });
    expect(reader.countVersions({ alerts: true })).toBe(0);
    await updateIndex({ versionsDirectory, indexFile });
    expect(reader.state()).toMatchObject({ versionsWithoutAnalysis: 0 });
    add(DAYS(60));
    await updateIndex({ versionsDirectory, indexFile, withText: false });
    expect(reader.state()).toMatchObject({ versionsWithoutAnalysis: 1, isJudgedAnew: false });
    await updateIndex({ versionsDirectory, indexFile });
    expect(reader.countVersions({ alerts: true })).toBe(2);
  });

  test('of terms with another name begin anew', async () => {
    const { reader, versionsDirectory, indexFile } = await archive([DAYS(30), DAYS(90)]);
    addCommits(
      versionsDirectory,
      {
        message: 'Update Birch Terms',
        date: 1_600_500_000,
        remove: ['Acme/Terms.md'],
        set: { 'Birch/Terms.md': DAYS(90) },
      },
      { message: 'Update Birch Terms', date: 1_600_600_000, set: { 'Birch/Terms.md': DAYS(30) } },
    );
    await updateIndex({ versionsDirectory, indexFile });
    const [second, first] = reader.versions({ serviceId: 'Birch' }, { limit: 10 });
    expect(first?.analysis).toBeUndefined();
    expect(second?.analysis).toMatchObject({ state: 'ok', alert: true, undoes: [] });
  });
});

describe('a text that cannot be read', () => {
  test('has a suspect change; the next one is compared with the one before; it is told once, with the text', async () => {
    const told: string[] = [];
    const { reader, ids, lose, states, add, versionsDirectory, indexFile } = await archive(
      [DAYS(30), DAYS(31), DAYS(90)],
      { withText: false },
    );
    lose(ids[1]);
    const options = { versionsDirectory, indexFile, onProblem: (message: string) => told.push(message) };
    await updateIndex(options);
    await updateIndex(options);
    expect(states()).toEqual(['ok', 'suspect', undefined]);
    expect(reader.versions({ alerts: true }, { limit: 10 }).map(({ id }) => id)).toEqual([ids[2]]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^The text of version .* cannot be searched: blob .* is missing\. What it changed cannot/);
    add(DAYS(60));
    await updateIndex(options);
    expect(states()).toEqual(['ok', 'ok', 'suspect', undefined]);
    expect(told).toHaveLength(1);
  });

  test('and is the former one of a change: that is told of the change', async () => {
    const told: string[] = [];
    const { ids, lose, states, add, versionsDirectory, indexFile } = await archive([DAYS(30), DAYS(31)]);
    lose(ids[1]);
    add(DAYS(90));
    const options = { versionsDirectory, indexFile, onProblem: (message: string) => told.push(message) };
    await updateIndex(options);
    expect(states()).toEqual(['suspect', 'ok', undefined]);
    // Nor is it told again because of the lines that git cannot count beyond it.
    await updateIndex(options);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^What changed in version .* \(Acme, Terms\) cannot be judged: blob .* is missing\./);
    // By other rules all is read anew, and the version is met whose text it is; once.
    await updateIndex({ ...options, analysis: { rules: ANALYSIS_RULES + 1 } });
    expect(states()).toEqual(['ok', 'suspect', undefined]);
    await updateIndex({ ...options, analysis: { rules: ANALYSIS_RULES + 2 } });
    expect(told).toHaveLength(2);
  });

  test('because nothing can be read: what was judged before is written, and nothing given up', async () => {
    const { states, versionsDirectory, indexFile } = await archive([DAYS(30), DAYS(31), DAYS(90)], { withText: false });
    const database = new DatabaseSync(indexFile);
    onTestFinished(() => database.close());
    const texts = [DAYS(30), DAYS(31)].map((text) => Buffer.from(text));
    const failing = async (): Promise<Uint8Array> => {
      const text = texts.shift();
      if (!text) throw new Error('the disk is gone');
      return text;
    };
    await expect(updateAnalysis(database, failing)).rejects.toThrow('the disk is gone');
    expect(states()).toEqual([undefined, 'ok', undefined]);
    await updateIndex({ versionsDirectory, indexFile });
    expect(states()).toEqual(['ok', 'ok', undefined]);
  });

  test('because another repository is in its place: nothing is given up', async () => {
    const { states, indexFile } = await archive([DAYS(30), DAYS(90)], { withText: false });
    const database = new DatabaseSync(indexFile);
    onTestFinished(() => database.close());
    const assertReadable = (): Promise<never> => Promise.reject(new Error('replaced'));
    const update = updateAnalysis(database, async () => undefined, { assertReadable });
    await expect(update).rejects.toThrow('replaced');
    expect(states()).toEqual([undefined, undefined]);
    expect(database.prepare('SELECT max(seq) AS seq FROM judging').get()?.seq).toBe(0);
  });
});
