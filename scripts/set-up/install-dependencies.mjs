import { join } from 'node:path';
import { dependenciesAreCurrent, installedByHand, stampDependencies } from './dependency-stamp.mjs';
import { run } from './run.mjs';
import { withLock } from './with-lock.mjs';

/** Installs what the lockfile says; a second caller waits for the first. Ends the process when npm fails. */
export async function installDependencies(root) {
  await withLock(root, async () => {
    if (dependenciesAreCurrent(root)) return;
    if (!installedByHand(root)) {
      process.stderr.write('Installing the locked dependencies (npm ci) …\n');
      if (!(await npmCi(root))) {
        process.stderr.write(
          'The dependencies could not be installed: see what npm says above. ' +
            'Is the package registry reachable? `npm ci` by hand shows more; then try again.\n',
        );
        process.exit(1);
      }
    }
    stampDependencies(root);
  });
}

function npmCi(root) {
  // The browser is looked for afterwards, with a time limit. Development dependencies are part of every command's
  // ground (demo and tests), and Node itself is an optional one: neither may be left out by the user's settings.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, env: { PUPPETEER_SKIP_DOWNLOAD: '1' } };
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // The Node that is running may be the one in node_modules, which `npm ci` removes: npm runs on the one it came with.
  if (npm && node && !node.startsWith(join(root, 'node_modules'))) return run(node, [npm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}
