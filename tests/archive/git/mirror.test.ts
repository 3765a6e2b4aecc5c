import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DiskSpaceError } from '../../../archive/disk/disk-space.ts';
import { openBatchReader } from '../../../archive/git/batch-reader.ts';
import type { FetchProgress } from '../../../archive/git/fetch-progress.ts';
import { fetchMirror } from '../../../archive/git/mirror.ts';
import type { MirrorError } from '../../../archive/git/mirror-error.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const urlOf = (path: string): string => pathToFileURL(path).href;
const tipOf = (directory: string, name = 'HEAD'): string => git(directory, 'rev-parse', name).trim();

async function remote(files: Readonly<Record<string, string>> = { 'Lark/Terms of Service.md': 'One' }) {
  const directory = await temporaryDirectory();
  const origin = makeRepository(join(directory, 'origin'), files);
  return { directory, origin, url: urlOf(origin), mirror: join(directory, 'mirror') };
}

function commit(origin: string, path: string, content: string): string {
  mkdirSync(join(origin, path, '..'), { recursive: true });
  writeFileSync(join(origin, path), content);
  git(origin, 'add', '--', path);
  git(origin, 'commit', '--quiet', '-m', `Record new changes of ${path}`);
  return tipOf(origin);
}

const failure = (fetching: Promise<unknown>): Promise<MirrorError> =>
  fetching.then(
    () => {
      throw new Error('It was fetched');
    },
    (error: MirrorError) => error,
  );

describe('fetching a mirror', () => {
  test('makes a bare repository with the one branch, and then takes in what is new', async () => {
    const { origin, url, mirror } = await remote();
    git(origin, 'branch', '-m', 'records');
    git(origin, 'branch', 'aside');
    git(origin, 'tag', 'v1');
    const first = await fetchMirror({ directory: mirror, url });
    expect(first).toEqual({ tip: tipOf(origin), before: undefined, isRewritten: false });
    expect(git(mirror, 'for-each-ref', '--format=%(refname)').trim()).toBe('refs/heads/main');
    expect(git(mirror, 'rev-parse', '--is-bare-repository').trim()).toBe('true');
    const tip = commit(origin, 'Lark/Terms of Service.md', 'Two');
    expect(await fetchMirror({ directory: mirror, url })).toEqual({ tip, before: first.tip, isRewritten: false });
    expect(await fetchMirror({ directory: mirror, url })).toEqual({ tip, before: tip, isRewritten: false });
  });

  test('a long-lived reader sees what is fetched', async () => {
    const { origin, url, mirror } = await remote();
    await fetchMirror({ directory: mirror, url });
    const reader = openBatchReader({ directory: mirror, gitDirectory: mirror, workTree: undefined });
    onTestFinished(() => reader.close());
    const read = async (): Promise<string | undefined> =>
      (await reader.object('refs/heads/main:Lark/Terms of Service.md'))?.content.toString();
    expect(await read()).toBe('One');
    commit(origin, 'Lark/Terms of Service.md', 'Two');
    await fetchMirror({ directory: mirror, url });
    expect(await read()).toBe('Two');
  });

  test('a bundle, which names no branch as its own', async () => {
    const { directory, origin, mirror } = await remote();
    const bundle = join(directory, 'archive.bundle');
    git(origin, 'bundle', 'create', '--quiet', bundle, 'main');
    const { tip } = await fetchMirror({ directory: mirror, url: urlOf(bundle) });
    expect(tip).toBe(tipOf(origin));
  });

  test('a bundle or clone that has a HEAD and no branch at all', async () => {
    const { directory, origin, mirror } = await remote();
    git(origin, 'checkout', '--quiet', '--detach');
    git(origin, 'branch', '--quiet', '-D', 'main');
    const bundle = join(directory, 'archive.bundle');
    git(origin, 'bundle', 'create', '--quiet', bundle, 'HEAD');
    expect((await fetchMirror({ directory: mirror, url: urlOf(bundle) })).tip).toBe(tipOf(origin));
    expect((await fetchMirror({ directory: mirror, url: urlOf(origin) })).before).toBe(tipOf(origin));
  });

  test('a branch that is named', async () => {
    const { origin, url, mirror } = await remote();
    git(origin, 'checkout', '--quiet', '-b', 'other');
    const tip = commit(origin, 'Lark/Privacy Policy.md', 'Other');
    git(origin, 'checkout', '--quiet', 'main');
    expect((await fetchMirror({ directory: mirror, url, branch: 'other' })).tip).toBe(tip);
  });

  test('tells how far it is', async () => {
    const { url, mirror } = await remote({ a: 'a', b: 'b' });
    const progress: FetchProgress[] = [];
    await fetchMirror({ directory: mirror, url, onProgress: (step) => progress.push(step) });
    expect(progress.map(({ part }) => part)).toContain('receiving');
    expect(progress.filter(({ part }) => part === 'receiving').at(-1)?.percent).toBe(100);
  });

  test('many fetches do not leave as many packs', async () => {
    const { origin, url, mirror } = await remote();
    const packs = (): number =>
      readdirSync(join(mirror, 'objects', 'pack')).filter((name) => name.endsWith('.pack')).length;
    for (let fetch = 0; fetch < 8; fetch++) {
      commit(origin, 'Lark/Terms of Service.md', `Version ${fetch}`);
      await fetchMirror({ directory: mirror, url, packsToJoin: 4 });
    }
    expect(packs()).toBeLessThan(4);
    expect(git(mirror, 'fsck', '--no-dangling')).toBe('');
  });
});

test('an archive with the harmless faults of old programs is taken', async () => {
  const { origin, url, mirror } = await remote();
  const tree = git(origin, 'rev-parse', 'HEAD^{tree}').trim();
  const person = 'Old <old> 1400000000 +051800';
  const tip = execFileSync('git', ['-C', origin, 'hash-object', '--literally', '-w', '-t', 'commit', '--stdin'], {
    input: `tree ${tree}\nparent ${tipOf(origin)}\nauthor ${person}\ncommitter Old<> 1400000000 +0000\n\nUpdate Lark\n`,
  })
    .toString()
    .trim();
  git(origin, 'update-ref', 'refs/heads/main', tip);
  expect((await fetchMirror({ directory: mirror, url })).tip).toBe(tip);
});

describe('a rewritten history', () => {
  test('is taken, and the former one stays reachable', async () => {
    const { origin, url, mirror } = await remote({ 'Lark/Terms of Service.md': 'One', 'Lark/Privacy Policy.md': 'P' });
    const former = (await fetchMirror({ directory: mirror, url })).tip;
    git(origin, 'reset', '--quiet', '--hard', 'HEAD~1');
    const tip = commit(origin, 'Lark/Imprint.md', 'Rewritten');
    expect(await fetchMirror({ directory: mirror, url })).toEqual({ tip, before: former, isRewritten: true });
    expect(tipOf(mirror, 'refs/clausewatch/former/1')).toBe(former);
    git(mirror, 'gc', '--quiet', '--prune=now');
    expect(git(mirror, 'show', `${former}:Lark/Privacy Policy.md`)).toBe('P');
  });

  test('that goes back and forth keeps each former tip once', async () => {
    const { origin, url, mirror } = await remote();
    const one = tipOf(origin);
    await fetchMirror({ directory: mirror, url });
    const two = commit(origin, 'Lark/Imprint.md', 'Two');
    await fetchMirror({ directory: mirror, url });
    for (let turn = 0; turn < 3; turn++) {
      git(origin, 'reset', '--quiet', '--hard', one);
      expect((await fetchMirror({ directory: mirror, url })).isRewritten).toBe(true);
      git(origin, 'reset', '--quiet', '--hard', two);
      expect((await fetchMirror({ directory: mirror, url })).isRewritten).toBe(false);
    }
    expect(git(mirror, 'for-each-ref', '--format=%(objectname)', 'refs/clausewatch/').trim()).toBe(two);
  });
});

describe('what cannot be fetched says why, and leaves what was fetched', () => {
  test.each<[string, (facts: { directory: string; origin: string }) => string, string, RegExp]>([
    ['nothing there', ({ directory }) => urlOf(join(directory, 'nowhere')), 'not-a-repository|not-found', /nowhere/],
    ['no repository', ({ directory }) => urlOf(directory), 'not-a-repository|not-found', /git clone|check the address/],
    ['a host that is none', () => 'https://clausewatch.invalid/a.git', 'network', /could not be reached/],
    ['a refused connection', () => 'https://127.0.0.1:1/a.git', 'network', /could not be reached/],
  ])('%s', async (_name, urlFor, reason, message) => {
    const { directory, origin, url, mirror } = await remote();
    const { tip } = await fetchMirror({ directory: mirror, url });
    const error = await failure(fetchMirror({ directory: mirror, url: urlFor({ directory, origin }) }));
    expect(error.name).toBe('MirrorError');
    expect(error.reason).toMatch(new RegExp(`^(${reason})$`));
    expect(error.message).toMatch(message);
    expect(tipOf(mirror, 'refs/heads/main')).toBe(tip);
  });

  test('a repository without commits', async () => {
    const { mirror, directory } = await remote();
    const empty = makeRepository(join(directory, 'empty'), {});
    expect((await failure(fetchMirror({ directory: mirror, url: urlOf(empty) }))).reason).toBe('empty');
  });

  test('no such branch', async () => {
    const { url, mirror } = await remote();
    expect((await failure(fetchMirror({ directory: mirror, url, branch: 'none' }))).reason).toBe('no-branch');
  });

  test('a full disk, before anything is fetched', async () => {
    const { url, mirror } = await remote();
    await expect(fetchMirror({ directory: mirror, url, diskFloor: Number.MAX_SAFE_INTEGER })).rejects.toThrow(
      DiskSpaceError,
    );
  });

  test('a server that says nothing', async () => {
    const { directory } = await remote();
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    const url = `https://127.0.0.1:${port}/a.git`;
    const error = await failure(fetchMirror({ directory: join(directory, 'm'), url, stallTimeout: 300 }));
    expect(error.reason).toBe('stalled');
  });

  test('a server that never comes to an end, for a new mirror and for one that was fetched before', async () => {
    const { directory, url, mirror } = await remote();
    await fetchMirror({ directory: mirror, url });
    const dripping = createServer((socket) => {
      // A handshake that never ends, byte by byte.
      socket.write(Buffer.from([22, 3, 3, 63, 0]));
      const drip = setInterval(() => socket.write('x'), 20);
      socket.on('error', () => {}).on('close', () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void dripping.close());
    const { port } = dripping.address() as { port: number };
    const slow = `https://127.0.0.1:${port}/a.git`;
    const limits = { first: 300, again: 60_000 };
    const first = await failure(fetchMirror({ directory: join(directory, 'm'), url: slow, limits }));
    expect([first.reason, first.message]).toEqual(['too-slow', expect.stringContaining('FIRST_FETCH_TIMEOUT')]);
    const before = tipOf(mirror);
    const again = await failure(fetchMirror({ directory: mirror, url: slow, limits: { first: 60_000, again: 300 } }));
    expect([again.reason, tipOf(mirror)]).toEqual(['too-slow', before]);
  });

  test('an abort ends git and what it started', async () => {
    const { directory } = await remote();
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    const mirror = join(directory, 'm');
    const fetching = failure(
      fetchMirror({
        directory: mirror,
        url: `https://127.0.0.1:${port}/a.git`,
        signal: AbortSignal.timeout(400),
      }),
    );
    expect((await fetching).name).toBe('TimeoutError');
    await wait(50);
    const running = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(running.split('\n').filter((line) => line.includes(`127.0.0.1:${port}`))).toEqual([]);
  });

  test('an archive with files beside git is not made a mirror', async () => {
    const { origin, url } = await remote();
    const before = tipOf(origin);
    expect((await failure(fetchMirror({ directory: origin, url }))).message).toMatch(/files beside/);
    expect(tipOf(origin)).toBe(before);
  });

  test('no message tells a user name or password', async () => {
    const { directory } = await remote();
    const url = 'https://ada:secret@127.0.0.1:1/a.git';
    const error = await failure(fetchMirror({ directory: join(directory, 'm'), url }));
    expect(error.message).toContain('https://127.0.0.1:1/a.git');
    expect(error.message).not.toMatch(/ada|secret/);
  });
});

describe('mirrors never execute anything', () => {
  const trace = (directory: string): string => join(directory, 'executed');

  test.each([
    ['--upload-pack=touch TRACE'],
    ['--upload-pack=touch$IFSTRACE'],
    ['-oProxyCommand=touch TRACE'],
    ['ext::sh -c touch% TRACE'],
    ['ext::sh%20-c%20touch%20TRACE'],
    ['fd::7'],
    ['ssh://-oProxyCommand=touch$IFSTRACE/a'],
    ['ssh://-oProxyCommand=touch$IFSé/a'],
    ['https://--upload-pack=é/a'],
    ['ssh://%2doProxyCommand=touch$IFSTRACE/a'],
    ['ssh://-oProxyCommand=touch$IFSTRACE@host.invalid/a'],
    ['-oProxyCommand=touch$IFSTRACE@host.invalid:a'],
    ['ssh://host.invalid/-touch'],
    ['git://127.0.0.1/a.git'],
    ['http://127.0.0.1:1/a.git'],
    ['ftp://127.0.0.1/a.git'],
    ['file://host/a.git'],
    ['https://host.invalid/a.git\n--upload-pack=x'],
    [''],
  ])('refuses %j', async (template) => {
    const directory = await temporaryDirectory();
    const url = template.replaceAll('TRACE', trace(directory));
    const error = await failure(fetchMirror({ directory: join(directory, 'mirror'), url }));
    expect(error.reason).toBe('refused-location');
    expect(existsSync(trace(directory))).toBe(false);
    expect(existsSync(join(directory, 'mirror'))).toBe(false);
  });

  test.each([['--upload-pack=x'], ['-x'], ['../x'], ['a..b:c'], ['a b'], ['']])(
    'refuses the branch %j',
    async (name) => {
      const { directory, url } = await remote();
      const at = join(directory, 'mirror');
      expect((await failure(fetchMirror({ directory: at, url, branch: name }))).reason).toBe('no-branch');
    },
  );

  test('hooks, submodules, attributes and configuration that come with a repository do nothing', async () => {
    const { directory, origin, url, mirror } = await remote();
    const hook = `#!/bin/sh\ntouch '${trace(directory)}'\n`;
    for (const name of ['post-checkout', 'post-update', 'reference-transaction', 'pre-upload', 'post-merge']) {
      commit(origin, `hooks/${name}`, hook);
      chmodSync(join(origin, 'hooks', name), 0o755);
    }
    commit(origin, '.gitmodules', `[submodule "x"]\n\tpath = x\n\turl = ${url}\n\tupdate = none\n`);
    git(origin, 'update-index', '--add', '--cacheinfo', `160000,${tipOf(origin)},x`);
    commit(origin, '.gitattributes', '* filter=evil\n');
    git(origin, 'config', 'filter.evil.smudge', `touch '${trace(directory)}'`);
    git(origin, 'config', 'uploadpack.packObjectsHook', `touch '${trace(directory)}'; exec "$@"`);
    commit(origin, 'config', `[core]\n\tfsmonitor = touch '${trace(directory)}'\n`);
    const { tip } = await fetchMirror({ directory: mirror, url });
    expect(tip).toBe(tipOf(origin));
    expect(existsSync(trace(directory))).toBe(false);
    expect(readdirSync(mirror)).not.toContain('hooks');
    expect(existsSync(join(mirror, 'modules'))).toBe(false);
  });

  test('objects made to deceive git are not taken', async () => {
    const { directory, origin, url, mirror } = await remote();
    // A submodule's address that older gits took for an option.
    const before = (await fetchMirror({ directory: mirror, url })).tip;
    commit(origin, '.gitmodules', `[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch ${trace(directory)}\n`);
    const error = await failure(fetchMirror({ directory: mirror, url }));
    expect(error.reason).toBe('damaged');
    expect(tipOf(mirror, 'refs/heads/main')).toBe(before);
  });
});

test('a fetch that is killed leaves the mirror as it was, and the next one goes on', async () => {
  const { origin, url, mirror } = await remote();
  const { tip } = await fetchMirror({ directory: mirror, url });
  writeFileSync(join(mirror, 'objects', 'pack', 'tmp_pack_left'), 'left by a killed git');
  writeFileSync(join(mirror, 'packed-refs.lock'), '');
  expect(tipOf(mirror, 'refs/heads/main')).toBe(tip);
  const next = commit(origin, 'Lark/Imprint.md', 'Next');
  expect((await fetchMirror({ directory: mirror, url })).tip).toBe(next);
  expect(readdirSync(join(mirror, 'objects', 'pack')).filter((name) => name.startsWith('tmp_'))).toEqual([]);
});
