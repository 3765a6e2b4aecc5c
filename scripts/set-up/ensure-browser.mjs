import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserIsKnown, stampBrowser } from './browser-stamp.mjs';
import { usualBrowserPaths } from './installed-browsers.mjs';
import { run } from './run.mjs';
import { withLock } from './with-lock.mjs';

const minutes = 60_000;

/**
 * Makes sure of a browser that starts: the one the environment names, Puppeteer's own, an installed one, Puppeteer's
 * download, Debian's package. Where none can be had it says so on stderr; what needs no browser works all the same.
 */
export async function ensureBrowser(root) {
  const named = process.env.PUPPETEER_EXECUTABLE_PATH;
  if (named) {
    if (!existsSync(named))
      say(`PUPPETEER_EXECUTABLE_PATH names ${named}, which does not exist: correct it or unset it.`);
    return;
  }
  await withLock(root, async () => {
    if (browserIsKnown(root)) return;
    const found = (await firstThatStarts(root)) ?? (await download(root)) ?? (await installPackage());
    stampBrowser(root, found);
    if (found === undefined) {
      say(
        'No browser: terms that need one cannot be fetched, and their tests are skipped or fail; everything else works. ' +
          'Install Chrome or Chromium (Debian: `apt-get install chromium`), or set PUPPETEER_EXECUTABLE_PATH to one.',
      );
    }
  });
}

async function firstThatStarts(root) {
  const own = await puppeteersOwn(root);
  for (const path of [own, ...usualBrowserPaths()]) if (path && (await starts(path))) return path;
  return undefined;
}

async function puppeteersOwn(root) {
  try {
    const entry = join(root, 'node_modules', 'puppeteer', 'lib', 'puppeteer', 'puppeteer.js');
    const { default: puppeteer } = await import(pathToFileURL(entry).href);
    return await puppeteer.executablePath();
  } catch {
    return undefined;
  }
}

// Not merely there: Chrome as downloaded lacks its system libraries on a bare Debian, and `chromium-browser` is on
// some systems a script that only says how to install it.
async function starts(path) {
  if (!existsSync(path)) return false;
  if (process.platform !== 'linux') return true;
  return run(path, ['--version'], { quiet: true, limit: 20_000 });
}

async function download(root) {
  // Offline, the download would wait for each of its attempts. Behind a proxy only the attempt itself can tell.
  const proxied = process.env.HTTPS_PROXY || process.env.https_proxy;
  if (!proxied && !(await reachable('storage.googleapis.com', 443, 5000))) return undefined;
  say('Downloading a browser (Puppeteer) …');
  const command = join(root, 'node_modules', 'puppeteer', 'lib', 'puppeteer', 'node', 'cli.js');
  const limit = 5 * minutes;
  const args = ['browsers', 'install', 'chrome'];
  const node = join(root, 'node_modules', '.bin', 'node');
  if (!(await run(existsSync(node) ? node : process.execPath, [command, ...args], { cwd: root, limit })))
    return undefined;
  const path = await puppeteersOwn(root);
  return path && (await starts(path)) ? path : undefined;
}

async function installPackage() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  say('Installing the package chromium (apt-get) …');
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, limit: 10 * minutes };
  await run('apt-get', ['update', '-qq'], options);
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  if (!(await run('apt-get', args, options))) return undefined;
  return (await starts('/usr/bin/chromium')) ? '/usr/bin/chromium' : undefined;
}

function reachable(host, port, limit) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(limit, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

const say = (message) => process.stderr.write(`${message}\n`);
