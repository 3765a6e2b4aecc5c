import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { gitCommand } from '../../archive/git/git-command.ts';
import { locateRepository } from '../../archive/git/git-location.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const demo = fileURLToPath(new URL('../../scripts/demo/demo.ts', import.meta.url));

test('one round of the demo tracks plain, scripted, combined and PDF terms, and records the change', async () => {
  const data = join(await temporaryDirectory(), 'data');
  const { stdout } = await promisify(execFile)(process.execPath, [demo, '--once', '--data', data], {
    env: { ...process.env, NO_COLOR: '1' },
  });

  expect(stdout).toMatch(/10 terms in .*: 9 first record, 1 failed/);
  expect(stdout).toMatch(/10 terms in .*: 1 changed, 8 unchanged, 1 failed/);
  expect(stdout, 'nothing is built that is not asked for').not.toContain('chrome-mv3');
  expect(stdout).toContain('binding individual arbitration');
  expect(stdout, 'the website shows the change').toMatch(
    /^The same on the website: http:\/\/127\.0\.0\.1:\d+\/en\/clausewatch-demo\/services\/Larkmail\/Terms%20of%20Service\/redlines\/[0-9a-f]{40}\/[0-9a-f]{40}$/m,
  );
  expect(stdout, 'the server shows the change').toMatch(
    /^The same by the API: http:\/\/127\.0\.0\.1:\d+\/api\/collections\/\S+\/redlines\/[0-9a-f]{40}\/[0-9a-f]{40}/m,
  );

  const versions = await locateRepository(join(data, 'versions'));
  if (!versions) throw new Error('no repository of versions');
  const subjects = (await gitCommand(versions).raw('log', '--format=%s')).trim().split('\n');
  expect(subjects).toHaveLength(10);
  expect(subjects[0]).toBe('Record new changes of Larkmail Terms of Service');
  expect(subjects).toContain('First record of Kistentausch Privacy Policy');
  expect(existsSync(join(data, 'versions', 'Nimbo Viajes', 'Terms of Service.md'))).toBe(true);
  const terms = await gitCommand(versions).raw('show', 'HEAD:Kistentausch/Terms of Service.md');
  expect(terms, 'its own filter ran').not.toContain('Besucher Nr.');
});
