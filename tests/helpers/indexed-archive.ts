import { join } from 'node:path';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import { openIndexReader } from '../../archive/index/open-reader.ts';
import { updateIndex } from '../../archive/index/update-index.ts';
import { addCommits, type CommitOfTest, makeHistory } from './history.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** An archive of these commits, indexed, and the index's answers. */
export async function indexed<Answer>(
  commits: { readonly versions?: readonly CommitOfTest[]; readonly snapshots?: readonly CommitOfTest[] },
  ask: (reader: IndexReader, ids: { versions: string[]; snapshots: string[] }) => Answer,
): Promise<Answer> {
  const root = await temporaryDirectory();
  const [versionsDirectory, snapshotsDirectory] = (['versions', 'snapshots'] as const).map((name) =>
    makeHistory(join(root, name)),
  );
  if (!versionsDirectory) throw new Error('No directory');
  const ids = {
    versions: commits.versions ? addCommits(versionsDirectory, ...commits.versions) : [],
    snapshots: commits.snapshots ? addCommits(snapshotsDirectory ?? '', ...commits.snapshots) : [],
  };
  const indexFile = join(root, 'index.sqlite');
  await updateIndex({ versionsDirectory, snapshotsDirectory, indexFile });
  const reader = openIndexReader(indexFile);
  try {
    return ask(reader, ids);
  } finally {
    reader.close();
  }
}
