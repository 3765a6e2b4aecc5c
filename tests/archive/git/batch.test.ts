import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ArchiveError } from '../../../archive/git/archive-error.ts';
import { readCommit } from '../../../archive/git/changed-paths.ts';
import type { Entry } from '../../../archive/git/import-stream.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { git, gitProcesses, repositoryIn } from './helpers.ts';

const entry = (overrides: Partial<Entry> = {}): Entry => ({
  path: 'Meadow/Imprint.md',
  content: Buffer.from('Meadow Ltd'),
  message: 'First record of Meadow Imprint\n',
  date: new Date(1_780_000_000_000),
  ...overrides,
});

describe('the batch writer', () => {
  test('writes what git commit would have written, and answers with its ids', async () => {
    const directory = await temporaryDirectory();
    const { writer, reader } = await repositoryIn(directory);
    const first = await writer.append(entry());
    const second = await writer.append(entry({ content: Buffer.from('Meadow Inc'), message: 'Update\n\nÉé\n' }));
    await writer.checkpoint();

    expect(git(directory, 'rev-parse', 'main').trim()).toBe(second.id);
    expect(git(directory, 'cat-file', '-p', second.id)).toBe(
      `tree ${git(directory, 'rev-parse', 'main^{tree}').trim()}\nparent ${first.id}\nauthor Recorder <recorder@clausewatch.example> 1780000000 +0000\ncommitter Recorder <recorder@clausewatch.example> 1780000000 +0000\n\nUpdate\n\nÉé\n`,
    );
    expect(git(directory, 'cat-file', '-p', second.blob)).toBe('Meadow Inc');
    expect((await reader.read(first.blob))?.toString()).toBe('Meadow Ltd');
    expect(git(directory, 'ls-tree', '-r', 'main')).toBe(`100644 blob ${second.blob}\tMeadow/Imprint.md\n`);
  });

  test.each([
    'With spaces/Terms of Service.md',
    '"Quoted"/Terms "x".md',
    'Back\\slash/T.md',
    'Tab\there/T.md',
    'Yahoo!/Privacy Policy #a b.html',
    '-dash/--all.md',
    'Ünïcode/条款 🍀.md',
    ":(glob)*/'T'.md",
    '\u{1F9D1}\u200D\u{1F33E}/T.md',
    ' leading and trailing /T.md',
  ])('any path: %j', async (path) => {
    const directory = await temporaryDirectory();
    const { writer } = await repositoryIn(directory);
    await writer.append(entry({ path }));
    await writer.checkpoint();
    expect(git(directory, 'ls-tree', '-r', '-z', '--name-only', 'main')).toBe(`${path}\0`);
  });

  test('any content: empty, binary, commands of the stream itself, large', async () => {
    const directory = await temporaryDirectory();
    const { writer, reader } = await repositoryIn(directory);
    const contents = [
      Buffer.of(),
      Buffer.from('\n\ndone\ncommit refs/heads/evil\n'),
      randomBytes(300_000),
      Buffer.alloc(30_000_000, 'a large document '),
    ];
    const written = await Promise.all(
      contents.map((content, n) => writer.append(entry({ path: `S/${n}.md`, content }))),
    );
    await writer.checkpoint();
    for (const [n, { blob }] of written.entries()) {
      expect(Buffer.compare((await reader.read(blob)) ?? Buffer.from('absent'), contents[n] ?? Buffer.of())).toBe(0);
    }
    expect(git(directory, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\n');
  });

  test('overlapping calls stand in their order', async () => {
    const directory = await temporaryDirectory();
    const { writer } = await repositoryIn(directory);
    const texts = Array.from({ length: 120 }, (_, n) => `record ${n}\n`);
    const written = await Promise.all(
      texts.map((message) => writer.append(entry({ message, path: `S/${message.trim()}.md` }))),
    );
    await writer.checkpoint();
    const log = git(directory, 'log', '--reverse', '--format=%H %s', 'main');
    expect(log).toBe(texts.map((text, n) => `${written[n]?.id} ${text}`).join(''));
  });

  test('many checkpoints leave few packs, and writing goes on after closing', async () => {
    const directory = await temporaryDirectory();
    const { writer, verify } = await repositoryIn(directory);
    for (let n = 0; n < 120; n++) {
      await writer.append(entry({ content: Buffer.from(`text ${n}`), message: `record ${n}\n` }));
      await writer.checkpoint();
    }
    await writer.close();
    await writer.append(entry({ content: Buffer.from('the last'), message: 'the last\n' }));
    await writer.checkpoint();
    expect(git(directory, 'rev-list', '--count', 'main').trim()).toBe('121');
    expect(Number(/packs: (\d+)/.exec(git(directory, 'count-objects', '-v'))?.[1])).toBeLessThan(50);
    expect(await verify()).toEqual([]);
  });

  test("another program's commit in between is noticed, and kept", async () => {
    const directory = await temporaryDirectory();
    const { writer } = await repositoryIn(directory);
    const { id } = await writer.append(entry());
    await writer.checkpoint();
    const foreign = git(directory, 'commit-tree', '-p', id, '-m', 'A note of mine', `${id}^{tree}`).trim();
    git(directory, 'update-ref', 'refs/heads/main', foreign);

    const late = await writer.append(entry({ content: Buffer.from('too late') }));
    const failure = await writer.checkpoint().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ArchiveError);
    expect(String(failure)).toContain(directory);
    expect(String(failure)).toContain('another program writes here');
    expect(git(directory, 'rev-parse', 'main').trim()).toBe(foreign);
    // Never half a history: the same writer does not go on.
    await expect(writer.append(entry())).rejects.toThrow(ArchiveError);

    const again = await repositoryIn(directory);
    const { id: next } = await again.writer.append(entry({ content: Buffer.from('in time') }));
    await again.writer.checkpoint();
    expect(next).not.toBe(late.id);
    expect(git(directory, 'log', '--format=%H', 'main').trim().split('\n')).toEqual([next, foreign, id]);
  });

  test.skipIf(process.platform !== 'linux')('a git that is killed loses nothing acknowledged', async () => {
    const directory = await temporaryDirectory();
    const { writer, location } = await repositoryIn(directory);
    const { id } = await writer.append(entry());
    await writer.checkpoint();
    await writer.append(entry({ content: Buffer.from('never acknowledged') }));
    const [pid] = gitProcesses(location, 'fast-import');
    expect(pid).toBeGreaterThan(1);
    process.kill(pid ?? 0, 'SIGKILL');
    const failure = await writer.checkpoint().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ArchiveError);
    expect(String(failure)).toContain('SIGKILL');
    await expect(writer.append(entry())).rejects.toThrow(ArchiveError);
    expect(git(directory, 'rev-parse', 'main').trim()).toBe(id);
  });
});

describe('the batch reader', () => {
  test('missing objects, odd names, and many reads at once', async () => {
    const directory = await temporaryDirectory();
    const { writer, reader } = await repositoryIn(directory);
    expect(await reader.object('refs/heads/main')).toBeUndefined();
    const written = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        writer.append(entry({ path: `S ${n}/T é.md`, content: Buffer.from(`text ${n}`.repeat(n * 500)) })),
      ),
    );
    await writer.checkpoint();
    const answers = await Promise.all([
      ...written.flatMap(({ blob }) => [reader.read(blob), reader.read('f'.repeat(40))]),
      reader.read('refs/heads/main:S 3/T é.md'),
      reader.read('nonsense with spaces'),
      reader.read('two\nlines'),
      reader.read(''),
    ]);
    expect(answers.map((answer) => answer?.length)).toEqual([
      ...written.flatMap((_, n) => [`text ${n}`.length * n * 500, undefined]),
      'text 3'.length * 1500,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('sees what another program writes, and survives repacking and its own death', async () => {
    const directory = await temporaryDirectory();
    const { writer, reader, maintain, location } = await repositoryIn(directory);
    const { id, blob } = await writer.append(entry());
    await writer.checkpoint();
    expect((await readCommit(reader, 'refs/heads/main'))?.id).toBe(id);
    git(directory, 'repack', '-adq');
    const foreign = git(directory, 'commit-tree', '-p', id, '-m', 'x', `${id}^{tree}`).trim();
    git(directory, 'update-ref', 'refs/heads/main', foreign);
    expect((await readCommit(reader, 'refs/heads/main'))?.id).toBe(foreign);
    expect((await reader.read(blob))?.toString()).toBe('Meadow Ltd');
    git(directory, 'update-ref', 'refs/heads/main', id);
    await maintain();
    for (const pid of gitProcesses(location, 'cat-file')) process.kill(pid, 'SIGKILL');
    await reader.read(blob).catch(() => {});
    expect((await reader.read(blob))?.toString()).toBe('Meadow Ltd');
    expect(join(directory, '.git')).toBe(location.gitDirectory);
  });
});
