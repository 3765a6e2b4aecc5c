import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { IndexUnavailableError, type IndexUnavailableReason } from '../../../archive/index/index-error.ts';
import { openIndexForWriting, removeIndex } from '../../../archive/index/open-index.ts';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, makeHistory } from '../../helpers/history.ts';
import { dumpIndex } from '../../helpers/index-dump.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

async function indexed() {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const commits = Array.from({ length: 60 }, (_, index) => ({
    message: `Update Service ${index % 7} Terms`,
    set: { [`Service ${index % 7}/Terms.md`]: `Paragraph one.\n\nParagraph ${index}.` },
  }));
  addCommits(versionsDirectory, ...commits);
  const places = { versionsDirectory, indexFile: join(root, 'index.sqlite') };
  await updateIndex(places);
  return places;
}

const reasonOf = (work: () => unknown): IndexUnavailableReason | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof IndexUnavailableError) return error.reason;
    throw error;
  }
};

const damages: [string, IndexUnavailableReason, (file: string) => void][] = [
  ['truncated', 'damaged', (file) => truncateSync(file, 20_000)],
  ['of another kind', 'damaged', (file) => writeFileSync(file, 'This is no database. '.repeat(100))],
  [
    'with its header overwritten',
    'damaged',
    (file) => {
      const content = readFileSync(file);
      content.fill(0x5a, 0, 100);
      writeFileSync(file, content);
    },
  ],
  [
    'of an older schema',
    'other-schema',
    (file) => {
      const database = new DatabaseSync(file);
      database.exec('PRAGMA user_version = 0');
      database.close();
    },
  ],
  [
    'of a newer schema',
    'other-schema',
    (file) => {
      const database = new DatabaseSync(file);
      database.exec('PRAGMA user_version = 9999');
      database.close();
    },
  ],
  [
    'that another program made',
    'damaged',
    (file) => {
      rmSync(file);
      const database = new DatabaseSync(file);
      database.exec('CREATE TABLE accounts (name TEXT)');
      database.close();
    },
  ],
];

describe('an index', () => {
  test.each(damages)('%s is told so, and made anew by its writer', async (_name, reason, damage) => {
    const places = await indexed();
    const before = dumpIndex(places.indexFile);
    damage(places.indexFile);
    expect(reasonOf(() => openIndexReader(places.indexFile))).toBe(reason);
    expect(reasonOf(() => openIndexForWriting(places.indexFile))).toBe(reason);
    const report = await updateIndex(places);
    expect(report.replaced).toBe(reason);
    expect(dumpIndex(places.indexFile)).toEqual(before);
  });

  test('damaged in a page that only a query reads is told by that query', async () => {
    const places = await indexed();
    const content = readFileSync(places.indexFile);
    content.fill(0xff, 4096);
    writeFileSync(places.indexFile, content);
    const reason = reasonOf(() => openIndexReader(places.indexFile).versions({}, { limit: 10 }));
    expect(reason).toBe('damaged');
  });

  test('that is not there, or has no tables yet, is not made by a reader', async () => {
    const root = await temporaryDirectory();
    const file = join(root, 'index.sqlite');
    expect(reasonOf(() => openIndexReader(file))).toBe('missing');
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, '');
    expect(reasonOf(() => openIndexReader(file))).toBe('being-built');
    rmSync(file);
    openIndexForWriting(file).close();
    expect(reasonOf(() => openIndexReader(file))).toBe('being-built');
    rmSync(file);
    mkdirSync(file);
    expect(reasonOf(() => openIndexReader(file))).toBe('unusable');
  });

  test('that is removed is still answered from by readers that have it open', async () => {
    const places = await indexed();
    const reader = openIndexReader(places.indexFile);
    removeIndex(places.indexFile);
    expect(reader.state().versions).toBe(60);
    await updateIndex(places);
    expect(reader.state().versions).toBe(60);
    const another = openIndexReader(places.indexFile);
    expect(another.state().epoch).not.toBe(reader.state().epoch);
    for (const open of [reader, another]) open.close();
  });

  test('can be read while it is written, and readers see all of an update or nothing', async () => {
    const places = await indexed();
    const reader = openIndexReader(places.indexFile);
    const writer = openIndexForWriting(places.indexFile);
    writer.exec('BEGIN IMMEDIATE; DELETE FROM version');
    expect(reader.versions({}, { limit: 100 })).toHaveLength(60);
    writer.exec('ROLLBACK');
    writer.close();
    addCommits(places.versionsDirectory, { message: 'Update Service 1 Terms', set: { 'Service 1/Terms.md': 'New' } });
    expect(reader.state().versions).toBe(60);
    await updateIndex(places);
    expect(reader.state().versions).toBe(61);
    reader.close();
  });

  test('copied without what its writer had not yet applied is an index all the same', async () => {
    const places = await indexed();
    const copy = `${places.indexFile}-copy`;
    copyFileSync(places.indexFile, copy);
    expect(dumpIndex(copy)).toEqual(dumpIndex(places.indexFile));
  });
});
