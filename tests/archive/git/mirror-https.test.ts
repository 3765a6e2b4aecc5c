import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fetchMirror } from '../../../archive/git/mirror.ts';
import type { MirrorError } from '../../../archive/git/mirror-error.ts';
import { type HttpAnswer, serveGit } from '../../helpers/git-https.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

/** A repository over https, whose certificate the home of this test's git trusts. */
async function remote(intercept?: (path: string) => HttpAnswer | undefined, configuration = '') {
  const directory = await temporaryDirectory();
  const origin = makeRepository(join(directory, 'origin'), { 'Lark/Terms of Service.md': 'One' });
  const { url, certificateFile, requests } = await serveGit(directory, intercept);
  const home = process.env.HOME;
  process.env.HOME = directory;
  onTestFinished(() => {
    process.env.HOME = home;
  });
  writeFileSync(join(directory, '.gitconfig'), `[http]\n\tsslCAInfo = ${certificateFile}\n${configuration}`);
  return { directory, origin, url: `${url}/origin`, requests, mirror: join(directory, 'mirror') };
}

const failure = (fetching: Promise<unknown>): Promise<MirrorError> =>
  fetching.then(
    () => {
      throw new Error('It was fetched');
    },
    (error: MirrorError) => error,
  );

test('over https', async () => {
  const { origin, url, mirror } = await remote();
  const first = await fetchMirror({ directory: mirror, url });
  expect(first.tip).toBe(git(origin, 'rev-parse', 'HEAD').trim());
  writeFileSync(join(origin, 'Lark/Terms of Service.md'), 'Two');
  git(origin, 'commit', '--quiet', '-am', 'Two');
  expect(await fetchMirror({ directory: mirror, url })).toEqual({
    tip: git(origin, 'rev-parse', 'HEAD').trim(),
    before: first.tip,
    isRewritten: false,
  });
});

test.each<[string, HttpAnswer, string]>([
  ['not found', { status: 404 }, 'not-found'],
  ['a question who we are', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } }, 'no-access'],
  ['a refusal', { status: 403 }, 'no-access'],
  ['a page of a website', { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>Hello' }, 'empty'],
  ['a fault of the server', { status: 503 }, 'network'],
])('%s has its reason, and nobody is asked anything', async (_name, answer, reason) => {
  const { url, mirror } = await remote(() => answer);
  const error = await failure(fetchMirror({ directory: mirror, url: url.replace('//', '//ada:secret@') }));
  expect([error.reason, error.message.includes('secret')]).toEqual([reason, false]);
});

test('a certificate that nobody vouches for', async () => {
  const { directory, url, mirror } = await remote();
  writeFileSync(join(directory, '.gitconfig'), '');
  expect((await failure(fetchMirror({ directory: mirror, url }))).reason).toBe('network');
});

test('a redirection to http is not followed', async () => {
  let visits = 0;
  const plain = createServer((_request, response) => {
    visits++;
    response.end();
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void plain.close());
  const at = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  const { url, mirror } = await remote((path) => ({ status: 301, headers: { Location: `${at}${path}` } }));
  await failure(fetchMirror({ directory: mirror, url }));
  expect(visits).toBe(0);
});

test('a person’s rewriting of addresses cannot bring other protocols in', async () => {
  const directory = await temporaryDirectory();
  const trace = join(directory, 'executed');
  const { mirror } = await remote(
    undefined,
    `[url "ext::touch ${trace} "]\n\tinsteadOf = https://rewritten.example/\n`,
  );
  await failure(fetchMirror({ directory: mirror, url: 'https://rewritten.example/a' }));
  expect(existsSync(trace)).toBe(false);
});
