import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createTextQueries } from '../../../../archive/index/text/text-queries.ts';
import { textOfRows } from './text-of-rows.ts';

const FREE = 'You may use the service for free as long as you like.';
const PAID = 'You may use the service for ten crowns a month.';
const RISK = 'Whoever leaves a boat here does so at the own risk alone.';

async function wordings(...texts: readonly string[]) {
  const index = textOfRows();
  const seqs = texts.map((text) => index.add(text));
  await index.update();
  const queries = index.queries();
  return seqs.map((seq) => queries.changedWording({ seq }));
}

test('a reworded paragraph is given with its former wording and its heading', async () => {
  const [, change] = await wordings(`# Use\n\n${FREE}\n\n${RISK}`, `# Use\n\n${PAID}\n\n${RISK}`);
  expect(change).toEqual({ heading: expect.stringContaining('Use'), before: FREE, after: PAID });
});

test('a sentence goes before labels and dates', async () => {
  const [, change] = await wordings(`1 May 2024\n\n${FREE}`, `2 June 2024\n\n${FREE}\n\n${RISK}`);
  expect(change).toEqual({ heading: undefined, before: undefined, after: RISK });
});

test('where there is no sentence, the first that changed', async () => {
  const [, change] = await wordings(`As of 1 May 2024\n\n${FREE}`, `As of 2 June 2024\n\n${FREE}`);
  expect(change?.after).toBe('As of 2 June 2024');
});

test('what went', async () => {
  const [, change] = await wordings(`${FREE}\n\n${RISK}`, FREE);
  expect(change).toEqual({ heading: undefined, before: RISK, after: undefined });
});

test('what came back, and what had gone for that time', async () => {
  const [, gone, back] = await wordings(`${FREE}\n\n${RISK}`, FREE, `${FREE}\n\n${RISK}`);
  expect(gone).toMatchObject({ before: RISK, after: undefined });
  expect(back).toMatchObject({ before: undefined, after: RISK });
});

test('other marks and links are no other words', async () => {
  const [, change] = await wordings(`${FREE}\n\n${RISK}`, `${FREE.replace('free', '**free**')}\n\n${RISK}`);
  expect(change).toBeUndefined();
});

test('a version whose text is not in the index', async () => {
  const index = textOfRows();
  const seq = index.add(FREE);
  expect(index.queries().changedWording({ seq })).toBeUndefined();
});

test('what comes and goes over and over, each time anew', async () => {
  const index = textOfRows();
  const [whole, part] = [`${FREE}\n\n${RISK}`, FREE];
  const seqs = [whole, part, whole, part, whole].map((text) => index.add(text));
  await index.update();
  const queries = index.queries();
  const changes = seqs.slice(1).map((seq) => queries.changedWording({ seq }));
  expect(changes.map((change) => [change?.before, change?.after])).toEqual([
    [RISK, undefined],
    [undefined, RISK],
    [RISK, undefined],
    [undefined, RISK],
  ]);
});

test('what is kept of former lines holds until the index is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clausewatch-wording-'));
  const file = join(folder, 'index.sqlite');
  const index = textOfRows(file);
  const reading = new DatabaseSync(file, { readOnly: true });
  try {
    const [whole, part] = [`${FREE}\n\n${RISK}`, FREE];
    const former = [whole, part, whole].map((text) => index.add(text));
    await index.update();
    const { changedWording } = createTextQueries(reading);
    expect(changedWording({ seq: former[2] ?? 0 })).toMatchObject({ after: RISK });
    const later = [part, whole].map((text) => index.add(text));
    await index.update();
    expect(later.map((seq) => changedWording({ seq })?.before)).toEqual([RISK, undefined]);
    expect(changedWording({ seq: later[1] ?? 0 })).toMatchObject({ after: RISK });
  } finally {
    reading.close();
    index.database.close();
    await rm(folder, { recursive: true, force: true });
  }
});
