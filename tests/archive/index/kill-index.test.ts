import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import { removeIndex } from '../../../archive/index/open-index.ts';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { startProcess } from '../../helpers/child-process.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { dumpIndex } from '../../helpers/index-dump.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const updater = join(import.meta.dirname, 'update-in-child.ts');

/** A history whose text takes a while: long documents of which each version changes a paragraph. */
function longHistory(versions: number): CommitOfTest[] {
  return Array.from({ length: versions }, (_, index) => {
    const paragraphs = Array.from({ length: 150 }, (_, place) =>
      place === index % 150
        ? `Paragraph ${place}, changed in version ${index}.`
        : `Paragraph ${place} of terms ${index % 5}.`,
    );
    return {
      message: `Record new changes of Service ${index % 5} Terms`,
      date: 1_600_000_000 + index,
      set: { [`Service ${index % 5}/Terms.md`]: paragraphs.join('\n\n') },
    };
  });
}

test('a process that is killed at any moment of a build leaves an index that answers rightly and is gone on from', async () => {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const snapshotsDirectory = makeHistory(join(root, 'snapshots'));
  const indexFile = join(root, 'index.sqlite');
  const commits = longHistory(600);
  addCommits(versionsDirectory, ...commits);
  addCommits(snapshotsDirectory, ...commits.slice(0, 200));
  const fresh = join(root, 'fresh.sqlite');
  const began = performance.now();
  await updateIndex({ versionsDirectory, snapshotsDirectory, indexFile: fresh });
  const usual = performance.now() - began;
  const expected = dumpIndex(fresh);

  let killed = 0;
  const seen = new Set<string>();
  for (let round = 0; round < 40; round++) {
    const { lines, kill } = startProcess(updater, [versionsDirectory, snapshotsDirectory, indexFile]);
    await lines.next();
    // At other moments in each round, whatever the machine does meanwhile.
    const isFinished = await Promise.race([
      pause((usual * ((round * 7) % 20)) / 20, false),
      lines.next().then(() => true),
    ]);
    if (!isFinished) killed++;
    await kill();
    // What can be read is whole in itself: all records or none of a repository.
    try {
      const reader = openIndexReader(indexFile);
      const { versions, snapshots, versionsWithoutText } = reader.state();
      expect([0, 600]).toContain(versions);
      expect([0, 200]).toContain(snapshots);
      expect(reader.countVersions({})).toBe(versions);
      expect(reader.versions({}, { limit: 1000 })).toHaveLength(versions);
      seen.add(versionsWithoutText > 0 ? 'without all text' : 'with all text');
      reader.close();
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      expect(['missing', 'being-built']).toContain(error.reason);
      seen.add(error.reason);
    }
    if (seen.size > 1 && killed >= 8) break;
    // Made from nothing again, so that there is something to kill.
    if (isFinished) removeIndex(indexFile);
  }
  expect(killed).toBeGreaterThanOrEqual(4);
  expect(seen.size).toBeGreaterThan(1);

  const report = await updateIndex({ versionsDirectory, snapshotsDirectory, indexFile });
  expect(report.replaced).toBeUndefined();
  expect(dumpIndex(indexFile)).toEqual(expected);
  const database = new DatabaseSync(indexFile, { readOnly: true });
  expect(
    database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => ({ ...row })),
  ).toEqual([{ integrity_check: 'ok' }]);
  database.close();
}, 300_000);
