import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { jsonLines, startProgram, termsPage } from '../helpers/program.ts';
import { makeRepository } from '../helpers/repository.ts';
import { startSilentRemote } from '../helpers/silent-remote.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { startTerms } from '../helpers/terms-site.ts';

const TYPE = 'Terms of Service';

test('start serves while declarations that are tracked by cannot be had, and tracks by those that can', async () => {
  const site = await startTerms({ '/terms': termsPage('You may not resell the lark.') });
  const { url } = await startSilentRemote();
  const directory = await temporaryDirectory();
  const terms = { [TYPE]: { fetch: `${site.origin}/terms`, select: 'main' } };
  const declarations = makeRepository(join(directory, 'declarations-origin'), {
    'declarations/Larkmail.json': JSON.stringify({ name: 'Larkmail', terms }),
  });
  const configuration = join(directory, 'collections.yml');
  await writeFile(
    configuration,
    `collections:
  silent: { tracked: true, declarations: "${url}" }
  harbour: { tracked: true, default: true, declarations: "${pathToFileURL(declarations).href}" }
`,
  );
  const env = { CLAUSEWATCH_ALLOW_ADDRESSES: site.address, HOME: directory };
  const program = startProgram(['start', '--configuration', configuration], { env });
  await program.says('serving at');
  await program.says('run completed');
  program.child.kill('SIGTERM');
  const { code, stderr } = await program.ended;
  expect(code).toBe(130);
  expect(jsonLines(stderr)).toContainEqual(
    expect.objectContaining({ msg: `Larkmail · ${TYPE}: first`, collection: 'harbour' }),
  );

  // Declarations that were fetched once are enough to begin with: whatever became of where they come from.
  await writeFile(configuration, `collections:\n  harbour: { tracked: true, default: true, declarations: "${url}" }\n`);
  const again = startProgram(['start', '--configuration', configuration], {
    env: { ...env, CLAUSEWATCH_FETCH_TIMEOUT: '1000' },
  });
  await again.says('did not send everything within 1 s');
  await again.says('run completed');
  again.child.kill('SIGTERM');
  expect((await again.ended).code).toBe(130);
});
