import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBatchReader } from '../../../archive/git/batch-reader.ts';
import { readCommit } from '../../../archive/git/changed-paths.ts';
import { parseMessage, snapshotMessage, versionMessage } from '../../../archive/records/message.ts';
import { mimeTypeOf, parseRecordPath, recordPath } from '../../../archive/records/path.ts';
import { bundledArchive } from '../../helpers/bundled-archive.ts';

// What Open Terms Archive itself recorded, written again from the facts that its commits hold: the same bytes.

const data = new URL('../../../../shared/data/', import.meta.url).pathname;
const isAbsent = !existsSync(join(data, 'demo-snapshots.bundle'));

interface RealCommit {
  readonly message: string;
  readonly paths: readonly string[];
}

/** The last commits of a bundle, with their messages as they stand in the commit objects. */
async function lastCommits(bundle: string, count: number): Promise<RealCommit[]> {
  const clone = bundledArchive(bundle);
  const log = execFileSync(
    'git',
    ['-C', clone, 'log', `-${count}`, '-z', '--no-merges', '--name-only', '--no-renames', '--format=%x01%H%x02'],
    { maxBuffer: 2 ** 28 },
  ).toString();
  const reader = openBatchReader({ directory: clone, gitDirectory: clone, workTree: undefined });
  const commits = await Promise.all(
    log
      .split('\x01')
      .filter(Boolean)
      .map(async (entry): Promise<RealCommit> => {
        const [id = '', files = ''] = entry.split('\x02');
        const paths = files.split('\0').map((file) => file.trim());
        return { message: (await readCommit(reader, id))?.message ?? '', paths: paths.filter(Boolean) };
      }),
  );
  await reader.close();
  return commits;
}

/** Only engines since 2024 wrote trailers; earlier ones wrote the same without them. */
const engineOf = (message: string): string | undefined => parseMessage(message)?.trailers.get('x-engine-version');

describe.skipIf(isAbsent)('messages of real archives (skipped without ../shared/data)', () => {
  test('the last 200 snapshots', async () => {
    let compared = 0;
    for (const { message, paths } of await lastCommits('demo-snapshots', 200)) {
      const path = parseRecordPath(paths[0] ?? '');
      const parsed = parseMessage(message);
      if (!path || !parsed) continue;
      const { trailers } = parsed;
      const fetcher = trailers.get('x-fetcher') === 'fullDom' ? 'fullDom' : 'htmlOnly';
      const location = trailers.get('x-source-document-location') ?? '';
      const options = { isFirstRecord: parsed.kind === 'first', engineVersion: engineOf(message) ?? '' };
      expect(snapshotMessage({ ...path, fetcher, location }, options)).toBe(message);
      expect(recordPath({ ...path, mimeType: mimeTypeOf(path.extension) })).toBe(paths[0]);
      compared++;
    }
    expect(compared).toBe(200);
  });

  test.each([
    ['demo-versions', 'https://github.com/OpenTermsArchive/demo-snapshots/commit/%SNAPSHOT_ID', 40],
    ['contrib-versions', 'https://github.com/OpenTermsArchive/contrib-snapshots/commit/%SNAPSHOT_ID', 200],
  ])('the last 200 of %s', async (bundle, snapshotTemplate, least) => {
    let compared = 0;
    for (const { message, paths } of await lastCommits(bundle, 200)) {
      const path = parseRecordPath(paths[0] ?? '');
      const parsed = parseMessage(message);
      const engineVersion = engineOf(message);
      if (!path || !parsed || !engineVersion) continue;
      const draft = {
        ...path,
        snapshotIds: parsed.snapshotIds,
        isTechnicalUpgrade: parsed.kind === 'technical-upgrade',
      };
      const options = { isFirstRecord: parsed.kind === 'first', engineVersion, snapshotTemplate };
      expect(versionMessage(draft, options)).toBe(message);
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(least);
  });

  test('every commit of contrib-versions that touches a record is one', { timeout: 120_000 }, async () => {
    const commits = await lastCommits('contrib-versions', 100_000);
    const records = commits.filter(({ paths }) => paths.some((path) => parseRecordPath(path)));
    expect(commits.length).toBeGreaterThan(42_000);
    expect(records.filter(({ message }) => !parseMessage(message))).toEqual([]);
  });
});
