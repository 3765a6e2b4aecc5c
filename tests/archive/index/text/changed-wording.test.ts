import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
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

test.each([
  ['a date in a sentence', 'This agreement between you and us was last updated on 1 May 2024.', '2 June 2024'],
  ['a hidden mail address', 'Write to us about anything in these terms at help@boats.example.', '[email protected]'],
])('%s says less than words', async (_, line, other) => {
  const changed = line.replace(/1 May 2024|help@boats\.example/, other);
  const [, change] = await wordings(`${line}\n\nNo dogs.`, `${changed}\n\nNo dogs and no cats.`);
  expect(change?.after).toBe('No dogs and no cats.');
  const [, alone] = await wordings(`${line}\n\n${FREE}`, `${changed}\n\n${FREE}`);
  expect(alone?.after).toContain(other.replace(/[[\]]/g, '').slice(-9));
});

describe('the topic that is sought', () => {
  const ARBITRATION = 'Every dispute is settled by binding arbitration, and you waive class actions.';
  const sought = (...topics: readonly string[]) => ({ topics, language: 'en' });

  async function changeOf(former: string, present: string, topics: readonly string[]) {
    const index = textOfRows();
    index.add(former);
    const seq = index.add(present);
    await index.update();
    return index.queries().changedWording({ seq }, sought(...topics));
  }

  test.each([
    ['of what came', `${FREE}\n\n${ARBITRATION}`, 'after'],
    ['of what went, also where something else came', FREE, 'before'],
  ] as const)('%s', async (_, present, side) => {
    const former = side === 'before' ? `${ARBITRATION}\n\n${RISK}` : RISK;
    expect((await changeOf(former, present, ['disputes/arbitration']))?.[side]).toBe(ARBITRATION);
  });

  test('the first of several that is carried; none of them: the first sentence', async () => {
    const present = `${FREE}\n\n${ARBITRATION}`;
    expect((await changeOf(RISK, present, ['ai/training', 'disputes/arbitration']))?.after).toBe(ARBITRATION);
    expect((await changeOf(RISK, present, ['ai/training']))?.after).toBe(FREE);
  });
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
