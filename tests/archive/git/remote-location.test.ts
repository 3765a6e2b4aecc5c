import { describe, expect, test } from 'vitest';
import { parseFetchProgress } from '../../../archive/git/fetch-progress.ts';
import { MirrorError, mirrorFailure } from '../../../archive/git/mirror-error.ts';
import {
  gitArgument,
  isRemoteLocation,
  readRemoteLocation,
  withoutUserinfo,
} from '../../../archive/git/remote-location.ts';

describe('locations of remote repositories', () => {
  test.each([
    ['https://git.example/a.git'],
    ['https://ada:secret@git.example:8443/a/b'],
    ['ssh://git@git.example/a.git'],
    ['ssh://git@git.example:2222/~ada/a.git'],
    ['git@git.example:org/a.git'],
    ['file:///srv/archives/a.git'],
  ])('%s may be fetched', (url) => {
    expect(isRemoteLocation(url)).toBe(true);
    expect(readRemoteLocation(url)).toEqual({ url });
  });

  test.each([['../archive'], ['/srv/archive'], ['archive.bundle'], ['a:b'], ['C:\\archive'], ['-x'], ['.']])(
    '%s is none, but a path or nothing',
    (text) => expect(isRemoteLocation(text)).toBe(false),
  );

  test.each([
    ['ext::sh -c x', /space|program/],
    ['ext::x', /program/],
    ['transport::https://git.example/a', /program/],
    ['http://git.example/a', /anyone on the way/],
    ['git://git.example/a', /anyone on the way/],
    ['ftp://git.example/a', /anyone on the way/],
    ['javascript://x/%0a', /anyone on the way/],
    ['ssh://-oProxyCommand=x/a', /hyphen|not an address/],
    ['ssh://-x@git.example/a', /hyphen/],
    ['ssh://%2dx@git.example/a', /hyphen/],
    ['https://git.example/%', /hyphen|no host/],
    ['https://git.example/a b', /space/],
    ['https://git.example/a\u0000', /control/],
    ['file://git.example/a', /names a host/],
    ['file:///%', /names no path/],
    ['file:///a%00b', /names no path/],
    ['file:///a%2fb', /names no path/],
    ['--upload-pack=x', /option/],
    ['', /not an address/],
  ])('%j is refused', (url, why) => expect(readRemoteLocation(url).refused).toMatch(why));

  test('git gets the path of a file', () => {
    expect(gitArgument('file:///srv/a%20b.git')).toBe('/srv/a b.git');
    expect(gitArgument('https://git.example/a')).toBe('https://git.example/a');
  });

  test.each([
    ['https://ada:secret@git.example/a', 'https://git.example/a'],
    ['ssh://ada@git.example/a', 'ssh://git.example/a'],
    [
      'fatal: https://a:b%40c@x.example/y and https://d@z.example/',
      'fatal: https://x.example/y and https://z.example/',
    ],
    ['https://git.example/@ada', 'https://git.example/@ada'],
    ['git@git.example:a', 'git@git.example:a'],
  ])('%s is shown as %s', (text, shown) => expect(withoutUserinfo(text)).toBe(shown));
});

describe('what git says', () => {
  test.each([
    ['remote: Enumerating objects: 12, done.', { part: 'preparing', percent: undefined, detail: undefined }],
    ['remote: Counting objects:  50% (6/12)', { part: 'preparing', percent: 50, detail: undefined }],
    [
      'Receiving objects:  45% (123/273), 12.34 MiB | 2.10 MiB/s',
      { part: 'receiving', percent: 45, detail: '12.34 MiB | 2.10 MiB/s' },
    ],
    ['Resolving deltas: 100% (5/5), done.', { part: 'resolving', percent: 100, detail: undefined }],
  ])('%s is progress', (line, progress) => expect(parseFetchProgress(line)).toEqual(progress));

  test.each([[''], ['fatal: something'], ['From https://git.example/a'], ['remote: Receiving visitors: 5% of all']])(
    '%j is none',
    (line) => expect(parseFetchProgress(line)).toBeUndefined(),
  );

  test.each([
    ["fatal: repository 'https://x.example/a/' not found", 'not-found'],
    ["fatal: could not read Username for 'https://x.example': terminal prompts disabled", 'no-access'],
    ["fatal: Authentication failed for 'https://x.example/a'", 'no-access'],
    ['git@x.example: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'no-access'],
    ['Host key verification failed.\nfatal: Could not read from remote repository.', 'no-access'],
    ["fatal: unable to access 'https://x.example/': The requested URL returned error: 403", 'no-access'],
    ["fatal: detected dubious ownership in repository at '/srv/a'", 'no-access'],
    ["fatal: '/srv/a' does not appear to be a git repository", 'not-a-repository'],
    ['fatal: https://x.example/a/info/refs not valid: is this a git repository?', 'not-a-repository'],
    ["fatal: couldn't find remote ref refs/heads/x", 'no-branch'],
    ["fatal: unable to access 'https://x.example/': Could not resolve host: x.example", 'network'],
    ['ssh: connect to host x.example port 22: Connection refused', 'network'],
    ['error: RPC failed; curl 56\nfatal: early EOF', 'network'],
    ['error: object 0123: hasDotdot: contains ".."\nfatal: fsck error in packed object', 'damaged'],
    ['fatal: write error: No space left on device', 'disk'],
    ['fatal: something that nobody knows', 'other'],
  ])('%j has a reason', (said, reason) => {
    const error = mirrorFailure('https://u:pw@x.example/a', said);
    expect(error).toBeInstanceOf(MirrorError);
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(/^https:\/\/x\.example\/a /);
    expect(error.message).not.toContain('pw');
  });

  test('lines of git stay apart', () =>
    expect(mirrorFailure('https://x.example/a', 'fatal: one thing\n  fatal: another\n').message).toContain(
      'fatal: one thing; fatal: another)',
    ));
});
