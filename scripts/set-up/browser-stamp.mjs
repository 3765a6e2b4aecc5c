import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Looking for a browser again takes a second and, offline, a failed download: not before every command.
const askAgainAfter = 60 * 60 * 1000;
const stampFile = (root) => join(root, 'node_modules', '.clausewatch-browser.json');

/** Whether the browser found last time is still there, or the search for one failed within the hour. */
export function browserIsKnown(root) {
  const fromEnvironment = process.env.PUPPETEER_EXECUTABLE_PATH;
  if (fromEnvironment) return existsSync(fromEnvironment);
  try {
    const { path, searched } = JSON.parse(readFileSync(stampFile(root), 'utf8'));
    if (typeof path === 'string') return existsSync(path);
    return Math.abs(Date.now() - searched) < askAgainAfter;
  } catch {
    return false;
  }
}

/** Notes where the browser is; `undefined` when none could be had. */
export function stampBrowser(root, path) {
  writeFileSync(stampFile(root), JSON.stringify({ path: path ?? null, searched: Date.now() }));
}
