import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { clearDamage, readDamage } from '../../../../archive/index/follow/damage-mark.ts';
import { createLiveReader, type LiveReader } from '../../../../archive/index/follow/live-reader.ts';
import { IndexUnavailableError } from '../../../../archive/index/index-error.ts';
import { updateIndex } from '../../../../archive/index/update-index.ts';
import { archiveOfRecords } from '../../../helpers/archive-of-records.ts';

const TERMS = ['Larkmail', 'Terms of Service'] as const;

function open(places: { readonly indexFile: string }): LiveReader {
  const reader = createLiveReader({ lookInterval: 0, ...places });
  onTestFinished(() => reader.close());
  return reader;
}

test('goes on with another file under the name, and with the former one while there is none', async () => {
  const archive = await archiveOfRecords();
  await archive.record(...TERMS, 'One');
  const reader = open(archive);
  expect(() => reader.state()).toThrow(IndexUnavailableError);
  await updateIndex(archive);
  expect(reader.countVersions({})).toBe(1);

  await rename(archive.indexFile, `${archive.indexFile}.away`);
  expect(reader.countVersions({})).toBe(1);
  await archive.record(...TERMS, 'Two');
  await updateIndex(archive);
  expect(reader.countVersions({})).toBe(2);
});

test('tells the writer of damage that a query meets, and answers again when that is gone', async () => {
  const archive = await archiveOfRecords();
  await archive.record(...TERMS, 'One');
  await updateIndex(archive);
  const reader = open(archive);
  expect(reader.search({ text: 'one', limit: 10 }).hits).toHaveLength(1);
  const database = new DatabaseSync(archive.indexFile);
  database.exec('ALTER TABLE standing RENAME TO standing_away');
  expect(() => reader.search({ text: 'one', limit: 10 })).toThrow(
    /cannot be read just now: it is made anew .* ask again/,
  );
  expect(readDamage(archive.indexFile)).toMatch(/no such table/);

  database.exec('ALTER TABLE standing_away RENAME TO standing');
  database.close();
  expect(reader.search({ text: 'one', limit: 10 }).hits).toHaveLength(1);
  clearDamage(archive.indexFile);
  expect(readDamage(archive.indexFile)).toBeUndefined();
});

test('damage of a file that is not there any more is no damage', async () => {
  const archive = await archiveOfRecords();
  await archive.record(...TERMS, 'One');
  await updateIndex(archive);
  const reader = open(archive);
  const database = new DatabaseSync(archive.indexFile);
  database.exec('DROP TABLE standing');
  database.close();
  expect(() => reader.search({ text: 'one', limit: 10 })).toThrow(IndexUnavailableError);
  expect(readDamage(archive.indexFile)).toBeDefined();
  await rename(archive.indexFile, `${archive.indexFile}.away`);
  expect(readDamage(archive.indexFile)).toBeUndefined();
  await updateIndex(archive);
  expect(readDamage(archive.indexFile)).toBeUndefined();
  expect(existsSync(`${archive.indexFile}-damaged`)).toBe(true);
});
