// Makes a fresh clone ready: the locked dependencies, then a browser. Called by npm before each of the project's
// commands, so it runs on the system's Node 20 with nothing installed, prints on stderr only, and is silent and quick
// when there is nothing to do. With `--without-browser` it sees to no browser.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserIsKnown } from './set-up/browser-stamp.mjs';
import { dependenciesAreCurrent } from './set-up/dependency-stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const ownNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

if (!dependenciesAreCurrent(root)) {
  const { installDependencies } = await import('./set-up/install-dependencies.mjs');
  await installDependencies(root);
}
if (!existsSync(ownNode) && Number.parseInt(process.versions.node, 10) < 26) {
  process.stderr.write(
    `Clausewatch needs Node 26 or later; this is ${process.version}. It usually comes with the optional dependencies, but ` +
      `there is none for ${process.platform} ${process.arch}, or they were left out (npm's "omit" setting). ` +
      'Install Node 26 from https://nodejs.org and try again.\n',
  );
  process.exit(1);
}
if (!process.argv.includes('--without-browser') && !browserIsKnown(root)) {
  if (Number.parseInt(process.versions.node, 10) >= 26) {
    const { ensureBrowser } = await import('./set-up/ensure-browser.mjs');
    await ensureBrowser(root);
  } else {
    // Puppeteer, which knows where its browser is, does not run on the system's Node 20.
    const { run } = await import('./set-up/run.mjs');
    await run(ownNode, [fileURLToPath(import.meta.url)], { shell: process.platform === 'win32' });
  }
}
