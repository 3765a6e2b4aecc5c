import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRepository } from '../../archive/git/create-repository.ts';
import { gitCommand } from '../../archive/git/git-command.ts';
import { startSite } from '../helpers/local-site.ts';
import { clausewatch, makeCollection, termsPage } from '../helpers/program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

test('records are pushed after a run only when switched on, and a push that fails is told and costs nothing', async () => {
  const site = await startSite({ '/terms': termsPage('Good terms.') });
  onTestFinished(() => site.close());
  const collection = await makeCollection({
    Example: { 'Terms of Service': { fetch: `${site.origin}/terms`, select: 'main' } },
  });
  const track = (...options: string[]) =>
    clausewatch(['track', '--collection', collection, '--allow-address', site.address, ...options]);

  const remote = await createRepository(join(await temporaryDirectory(), 'remote'));
  const versions = await createRepository(join(collection, 'data', 'versions'));
  await gitCommand(versions).addRemote('origin', remote.gitDirectory);
  // A push to a branch that is checked out is refused otherwise.
  await gitCommand(remote).addConfig('receive.denyCurrentBranch', 'ignore');
  const pushed = async (): Promise<string> => gitCommand(remote).raw('for-each-ref', '--format=%(subject)');

  expect((await track()).code).toBe(0);
  expect(await pushed()).toBe('');

  const { code, stderr } = await track('--publish');
  expect(code, stderr).toBe(0);
  expect(await pushed()).toBe('First record of Example Terms of Service\n');
  expect(stderr).toContain(`${join(collection, 'data', 'snapshots')} has no remote to push to`);
});
