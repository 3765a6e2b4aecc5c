import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { updateIndexInThread } from '../../../../archive/index/follow/update-in-thread.ts';
import type { IndexProgress } from '../../../../archive/index/update-index.ts';
import { archiveOfRecords } from '../../../helpers/archive-of-records.ts';
import { expectFresh } from '../../../helpers/fresh-index.ts';

async function archiveOf(versions: number) {
  const archive = await archiveOfRecords();
  const texts = Array.from({ length: versions }, (_, index) => `We keep it for ${index} days. `.repeat(50));
  await archive.record('Larkmail', 'Terms of Service', ...texts);
  return archive;
}

test('makes the index that is made in this thread, and tells how far it is', async () => {
  const archive = await archiveOf(40);
  const told: IndexProgress[] = [];
  await updateIndexInThread({ ...archive, onProgress: (progress) => told.push(progress) });
  expect(told.map(({ part }) => part)).toEqual(expect.arrayContaining(['analysis', 'text']));
  await expectFresh(archive);
});

test('is ended by its signal, and gone on from', async () => {
  const archive = await archiveOf(200);
  const ending = new AbortController();
  const reason = new Error('Stopped by the test.');
  const onProgress = (): void => ending.abort(reason);
  await expect(updateIndexInThread({ ...archive, signal: ending.signal, onProgress })).rejects.toBe(reason);
  await expect(updateIndexInThread({ ...archive, signal: ending.signal })).rejects.toBe(reason);
  await updateIndexInThread(archive);
  await expectFresh(archive);
});

test('what hinders it is said as in this thread', async () => {
  const archive = await archiveOf(1);
  mkdirSync(archive.indexFile);
  writeFileSync(join(archive.indexFile, 'letter.txt'), 'Dear all');
  await expect(updateIndexInThread(archive)).rejects.toThrow(`The index ${archive.indexFile} could not be used`);
});

test('memory beyond its limit ends the thread alone, which is said', async () => {
  const archive = await archiveOf(1);
  const memory = { maxOldGenerationSizeMb: 4, maxYoungGenerationSizeMb: 1 };
  await expect(updateIndexInThread(archive, memory)).rejects.toThrow(/index\.sqlite needed more than 4 MB of memory/);
});
