import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTip } from '../../../archive/git/tip.ts';
import { bundledArchive } from '../../helpers/bundled-archive.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { git, recordsIn, repositoryIn, snapshotDraft, versionDraft } from './helpers.ts';

const data = new URL('../../../../shared/data/', import.meta.url).pathname;
const isAbsent = !existsSync(join(data, 'demo-snapshots.bundle'));

function clone(name: string, directory: string, ...options: string[]): void {
  execFileSync('git', ['clone', '-q', ...options, bundledArchive(name), directory], { stdio: 'pipe' });
}

describe.skipIf(isAbsent)('archives that Open Terms Archive wrote (skipped without ../shared/data)', () => {
  test('are continued: history read, the next record appended, files and index brought along', async () => {
    const directory = await temporaryDirectory();
    clone('demo-snapshots', join(directory, 'snapshots'));
    clone('demo-versions', join(directory, 'versions'));
    const before = git(join(directory, 'snapshots'), 'rev-parse', 'HEAD').trim();
    const archive = await recordsIn(directory);

    const latest = await archive.latestSnapshot('Open Collective', 'Privacy Policy', undefined);
    expect(latest).toMatchObject({
      id: before,
      mimeType: 'text/html',
      isFirstRecord: false,
      location: 'https://opencollective.com/privacypolicy',
      fetchDate: new Date(1_787_401_821_000),
    });
    if (!latest) return;
    const content = await archive.content(latest);
    const path = 'Open Collective/Privacy Policy.html';
    expect(Buffer.from(content).toString()).toBe(git(join(directory, 'snapshots'), 'show', `HEAD:${path}`));

    const names = { serviceId: 'Open Collective', termsType: 'Privacy Policy' };
    expect((await archive.recordSnapshot(snapshotDraft({ ...names, content }))).isNew).toBe(false);
    const next = await archive.recordSnapshot(snapshotDraft({ ...names, text: '<p>All new.</p>' }));
    expect(next).toMatchObject({ isNew: true, record: { isFirstRecord: false } });
    const version = await archive.recordVersion(versionDraft({ ...names, snapshotIds: [next.record.id] }));
    expect(version).toMatchObject({ isNew: true, record: { isFirstRecord: false } });
    await archive.close();

    for (const [name, id] of [
      ['snapshots', next.record.id],
      ['versions', version.record.id],
    ] as const) {
      const repository = join(directory, name);
      expect(git(repository, 'rev-parse', 'HEAD').trim()).toBe(id);
      expect(git(repository, 'diff', '--name-only', 'HEAD~1', 'HEAD')).toMatch(
        /^Open Collective\/Privacy Policy\.\w+\n$/,
      );
      expect(git(repository, 'status', '--porcelain')).toBe('');
      expect(git(repository, 'symbolic-ref', 'HEAD').trim()).toBe('refs/heads/main');
    }
    expect(git(join(directory, 'snapshots'), 'rev-parse', 'HEAD~1').trim()).toBe(before);
  });

  test('the latest record of every path of 42,632 commits, as git log tells it', async () => {
    const directory = join(await temporaryDirectory(), 'versions');
    clone('contrib-versions', directory, '--bare');
    const { location, branch } = await repositoryIn(directory);
    const started = performance.now();
    const tip = await readTip(location, branch);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(tip.size).toBe(git(directory, 'ls-tree', '-r', '-z', '--name-only', branch).split('\0').length - 1);
    // Some of the first and last, by git's own slow way: one walk through all of the history for all of them.
    const paths = [...tip.keys()];
    const some = [...paths.slice(0, 5), ...paths.slice(-5)];
    const latest = new Map<string, string>();
    const log = git(directory, 'log', '--no-merges', '-z', '--name-only', '--format=%x01%H %at', branch, '--', ...some);
    for (const record of log.split('\u0001').slice(1)) {
      const [commit = '', ...names] = record.split('\0').map((part) => part.replace(/^\n/, ''));
      for (const name of names) if (name !== '' && !latest.has(name)) latest.set(name, commit);
    }
    for (const path of some) {
      const entry = tip.get(path);
      expect(`${entry?.commit} ${(entry?.date.getTime() ?? 0) / 1000}`).toBe(latest.get(path));
      expect(entry?.blob).toBe(git(directory, 'rev-parse', `${branch}:${path}`).trim());
    }
  });
});

describe('histories with more than records', () => {
  test('merges, dates that run backwards, files changed by hand, odd names', async () => {
    const directory = await temporaryDirectory();
    const archive = await recordsIn(directory);
    const names = { serviceId: 'Ünï "quoted"', termsType: 'Imprint' };
    const later = new Date('2026-05-01T00:00:00Z');
    const earlier = new Date('2024-05-01T00:00:00Z');
    await archive.recordVersion(versionDraft({ ...names, content: 'one', fetchDate: later }));
    const second = await archive.recordVersion(
      versionDraft({ ...names, content: 'two', fetchDate: earlier, isTechnicalUpgrade: true }),
    );
    await archive.recordVersion(versionDraft({ serviceId: 'Other', content: 'other', fetchDate: later }));
    await archive.close();

    const versions = join(directory, 'versions');
    git(versions, 'checkout', '-q', '-b', 'readme', 'HEAD~1');
    execFileSync('sh', ['-c', 'echo hello > README.md'], { cwd: versions });
    git(versions, 'add', 'README.md');
    git(versions, 'commit', '-q', '-m', 'Update the readme');
    git(versions, 'checkout', '-q', 'main');
    git(versions, 'merge', '-q', '--no-ff', '-m', 'Merge', 'readme');

    const again = await recordsIn(directory);
    expect(await again.latestVersion(names.serviceId, names.termsType)).toEqual(second.record);
    expect(await again.latestVersion('Other', 'Terms of Service')).toMatchObject({ fetchDate: later });
    const third = await again.recordVersion(versionDraft({ ...names, content: 'three' }));
    await again.close();
    expect(git(versions, 'rev-parse', 'HEAD').trim()).toBe(third.record.id);
    expect(git(versions, 'status', '--porcelain')).toBe('');
    // The merge is no record of anything.
    const merge = git(versions, 'rev-parse', 'HEAD~1').trim();
    expect(await (await recordsIn(directory)).version(merge)).toBeUndefined();
  });
});
