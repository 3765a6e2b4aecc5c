import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locateRepository } from '../../../archive/git/git-location.ts';
import { readBoundary, readHead } from '../../../archive/git/head.ts';
import { countHistory, type HistoryCommit, readHistory } from '../../../archive/git/history.ts';
import { readLineCounts } from '../../../archive/git/line-counts.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { git } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

async function located(directory: string) {
  const location = await locateRepository(directory);
  if (!location) throw new Error(`${directory} is no repository`);
  return location;
}

async function read(directory: string, revisions: readonly string[] = ['HEAD']): Promise<HistoryCommit[]> {
  return (await Array.fromAsync(readHistory(await located(directory), revisions))).flat();
}

const history = async (...commits: CommitOfTest[]) => {
  const directory = makeHistory(join(await temporaryDirectory(), 'versions.git'));
  return { directory, ids: commits.length > 0 ? addCommits(directory, ...commits) : [] };
};

describe('readHistory', () => {
  test('gives commits oldest first with what each set, removed and replaced', async () => {
    const { directory, ids } = await history(
      { message: 'One\n\nBody\n', date: 1000, set: { 'A/Terms.md': 'a', 'B/Terms.md': 'b' } },
      { message: 'Two', date: 900, set: { 'A/Terms.md': 'c' }, remove: ['B/Terms.md'] },
    );
    const commits = await read(directory);
    expect(commits.map(({ id, parents, authorDate, message }) => ({ id, parents, authorDate, message }))).toEqual([
      { id: ids[0], parents: [], authorDate: 1000, message: 'One\n\nBody\n' },
      { id: ids[1], parents: [ids[0]], authorDate: 900, message: 'Two' },
    ]);
    const [first, second] = commits.map(({ changes }) => changes);
    expect(first?.map(({ path, formerBlob }) => [path, formerBlob])).toEqual([
      ['A/Terms.md', undefined],
      ['B/Terms.md', undefined],
    ]);
    expect(second?.map(({ path }) => path)).toEqual(['A/Terms.md', 'B/Terms.md']);
    expect(second?.[0]?.formerBlob).toBe(first?.[0]?.blob);
    expect(second?.[1]).toEqual({ path: 'B/Terms.md', blob: undefined, formerBlob: first?.[1]?.blob });
  });

  const messages: [string, string][] = [
    [
      'several lines that look like changes',
      `Update A Terms\n\n:100644 100644 ${'0'.repeat(40)} ${'1'.repeat(40)} M\n`,
    ],
    ['a line that is an id', `${'a'.repeat(40)}\n${'b'.repeat(40)}\n`],
    ['nothing', ''],
    ['line feeds alone', '\n\n\n'],
    ['other scripts and quotes', 'Update Müller’s "Ünïcode" 利用規約 \u{1f600}\n'],
    ['many megabytes in one line', `Update A Terms\n\n${'x'.repeat(20_000_000)}\n`],
    ['carriage returns', 'Update A Terms\r\n\r\nBody\r\n'],
  ];
  test.each(messages)('reads a message of %s', async (_name, message) => {
    const { directory } = await history(
      { message, set: { 'A/Terms.md': 'a' } },
      { message: 'Next', set: { 'A/Terms.md': 'b' } },
    );
    const commits = await read(directory);
    expect(commits.map((commit) => commit.message.trim() === message.trim())).toEqual([true, false]);
    expect(commits.map(({ changes }) => changes.length)).toEqual([1, 1]);
  });

  test('reads a message in another encoding as git declares it', async () => {
    const { directory } = await history({
      message: Buffer.from('Update Caf\xe9 Terms', 'latin1'),
      encoding: 'ISO-8859-1',
      set: { 'Café/Terms.md': 'a' },
    });
    expect((await read(directory))[0]?.message).toBe('Update Café Terms');
  });

  const paths = [
    'Yahoo!/Terms of Service.md',
    '利用規約/Conditions générales.md',
    'a "quoted" name/back\\slash.md',
    'line\nfeed/Terms.md',
    '--option/-x.md',
    `${'c'.repeat(40)}/${'d'.repeat(40)}.md`,
    ':100644 100644/tab\there.md',
    '<script>alert(1)</script>.md',
  ];
  test.each(paths)('reads the path %j', async (path) => {
    const { directory } = await history({ message: 'One', set: { [path]: 'a' } }, { message: 'Two', remove: [path] });
    const commits = await read(directory);
    expect(commits.map(({ changes }) => changes.map((change) => change.path))).toEqual([[path], [path]]);
  });

  test('gives commits without changes, and merges without theirs', async () => {
    const { directory, ids } = await history(
      { message: 'Root', set: { 'A/Terms.md': 'a' } },
      { message: 'Empty' },
      { message: 'Side', branch: 'side', parents: [':1'], set: { 'B/Terms.md': 'b' } },
      { message: 'Merge', parents: [':2', ':3'], set: { 'B/Terms.md': 'b', 'C/Terms.md': 'only in the merge' } },
      { message: 'After', set: { 'A/Terms.md': 'c' } },
    );
    const commits = await read(directory);
    expect(new Set(commits.map(({ id }) => id))).toEqual(new Set(ids));
    const changes = Object.fromEntries(
      commits.map(({ message, changes }) => [message, changes.map(({ path }) => path)]),
    );
    expect(changes).toEqual({
      Root: ['A/Terms.md'],
      Empty: [],
      Side: ['B/Terms.md'],
      Merge: [],
      After: ['A/Terms.md'],
    });
    expect(commits.findIndex(({ id }) => id === ids[3])).toBe(3);
  });

  test('a link or a submodule is no file', async () => {
    const { directory } = await history(
      { message: 'One', set: { 'A/Terms.md': 'a' } },
      { message: 'Two', mode: '120000', set: { 'A/Terms.md': '/etc/passwd' } },
    );
    const [, second] = await read(directory);
    expect(second?.changes[0]?.blob).toBeUndefined();
    expect(second?.changes[0]?.formerBlob).toBeDefined();
  });

  test('reads what came after a commit', async () => {
    const { directory, ids } = await history({ message: 'One' }, { message: 'Two' }, { message: 'Three' });
    expect((await read(directory, [`${ids[0]}..${ids[2]}`])).map(({ id }) => id)).toEqual(ids.slice(1));
    expect(await countHistory(await located(directory), [`${ids[0]}..${ids[2]}`])).toBe(2);
    expect(await read(directory, [`${ids[2]}..${ids[2]}`])).toEqual([]);
  });

  test('a date that git cannot read is the beginning of its time', async () => {
    const { directory } = await history({ message: 'One' });
    const commit = git(directory, 'cat-file', 'commit', 'HEAD').replaceAll(/> \d+ /g, '> -86400 ');
    const file = join(await temporaryDirectory(), 'commit');
    writeFileSync(file, commit);
    const id = git(directory, 'hash-object', '-t', 'commit', '-w', '--literally', file).trim();
    expect((await read(directory, [id]))[0]?.authorDate).toBe(0);
  });

  test("is not changed by the repository's own configuration", async () => {
    const { directory } = await history(
      { message: 'One', set: { 'A/Terms.md': 'same' } },
      { message: 'Two', remove: ['A/Terms.md'], set: { 'B/Terms.md': 'same' } },
    );
    const before = await read(directory);
    const settings = {
      'log.showRoot': 'false',
      'diff.renames': 'copies',
      'log.showSignature': 'true',
      'i18n.logOutputEncoding': 'UTF-16',
      'color.ui': 'always',
      'log.diffMerges': 'first-parent',
      'diff.noprefix': 'true',
      'format.pretty': 'oneline',
      'log.follow': 'true',
      'log.decorate': 'full',
    };
    for (const [name, value] of Object.entries(settings)) git(directory, 'config', name, value);
    expect(await read(directory)).toEqual(before);
    expect(before[1]?.changes.map(({ path }) => path)).toEqual(['A/Terms.md', 'B/Terms.md']);
  });

  test('ends its git when it is aborted or no longer taken from', async () => {
    const commits = Array.from({ length: 3000 }, (_, index) => ({
      message: `Update A Terms ${index}`,
      set: { 'A/Terms.md': String(index) },
    }));
    const { directory } = await history(...commits);
    const location = await located(directory);
    for await (const batch of readHistory(location, ['HEAD'])) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    const abort = new AbortController();
    const reading = (async () => {
      for await (const batch of readHistory(location, ['HEAD'], { signal: abort.signal })) {
        expect(batch.length).toBeGreaterThan(0);
        abort.abort(new Error('enough'));
      }
    })();
    await expect(reading).rejects.toThrow('enough');
  });

  test('names the repository where git fails', async () => {
    const { directory } = await history({ message: 'One' });
    await expect(read(directory, ['f'.repeat(40)])).rejects.toThrow(directory);
  });
});

describe('readLineCounts', () => {
  test('counts lines as git does and leaves out what is binary', async () => {
    const { directory, ids } = await history(
      { message: 'One', set: { 'A/Te\trms.md': 'a\nb\nc\n', 'B/Terms.md': '\0binary' } },
      { message: 'Two', set: { 'A/Te\trms.md': 'a\nx\ny\nc\n' } },
      { message: 'Three' },
    );
    const counts = (await Array.fromAsync(readLineCounts(await located(directory), ['HEAD']))).flat();
    expect(counts).toEqual([
      { id: ids[0], counts: [{ path: 'A/Te\trms.md', additions: 3, deletions: 0 }] },
      { id: ids[1], counts: [{ path: 'A/Te\trms.md', additions: 2, deletions: 1 }] },
      { id: ids[2], counts: [] },
    ]);
  });
});

describe('readHead', () => {
  test('is undefined before the first commit', async () => {
    const { directory } = await history();
    expect(await readHead(await located(directory))).toBeUndefined();
  });

  test('is the end of the branch that HEAD names, also of a clone at a commit without a branch', async () => {
    const { directory, ids } = await history({ message: 'One' }, { message: 'Side', branch: 'side' });
    expect(await readHead(await located(directory))).toBe(ids[0]);
    const clone = join(await temporaryDirectory(), 'clone');
    git(directory, 'clone', '--quiet', directory, clone);
    git(clone, 'checkout', '--quiet', '--detach');
    expect(await readHead(await located(clone))).toBe(ids[0]);
  });

  test('a branch that cannot be read is a fault, and so is SHA-256', async () => {
    const { directory } = await history({ message: 'One' });
    rmSync(join(directory, 'objects'), { recursive: true });
    mkdirSync(join(directory, 'objects'));
    await expect(readHead(await located(directory))).rejects.toThrow(directory);
    const other = join(await temporaryDirectory(), 'other');
    git(directory, 'init', '--quiet', '--object-format=sha256', other);
    await expect(readHead(await located(other))).rejects.toThrow('sha256');
  });

  test('tells where a shallow clone ends', async () => {
    const { directory, ids } = await history({ message: 'One' }, { message: 'Two' }, { message: 'Three' });
    const clone = join(await temporaryDirectory(), 'clone');
    git(directory, 'clone', '--quiet', '--bare', '--depth=2', `file://${directory}`, clone);
    expect(await readBoundary(await located(clone))).toEqual([ids[1]]);
    expect(await readBoundary(await located(directory))).toEqual([]);
    expect((await read(clone)).map(({ id }) => id)).toEqual(ids.slice(1));
  });
});
