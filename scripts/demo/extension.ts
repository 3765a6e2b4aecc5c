import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import type { RunningService } from './web.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUTPUT = join(ROOT, 'extension/.output');

/** Folders of the built extension. */
export const BUILT = { chrome: join(OUTPUT, 'chrome-mv3'), firefox: join(OUTPUT, 'firefox-mv3') };

/**
 * Builds the extension as `npm run build:extension` does.
 * @throws Error with the last lines of what WXT wrote
 */
export async function buildExtension(browsers: readonly (keyof typeof BUILT)[], signal: AbortSignal): Promise<void> {
  const wxt = join(ROOT, 'node_modules/wxt/bin/wxt.mjs');
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
  for (const browser of browsers) {
    const args = [wxt, 'build', '-c', 'extension/wxt.config.ts', '-b', browser, '--mv3'];
    try {
      await promisify(execFile)(process.execPath, args, { cwd: ROOT, env, signal });
    } catch (cause) {
      const { stdout = '', stderr = '' } = cause as { readonly stdout?: string; readonly stderr?: string };
      const lines = stripVTControlCharacters(`${stdout}\n${stderr}`).trim().split('\n').slice(-8).join('\n');
      throw new Error(`The extension could not be built; npm run build:extension shows why:\n${lines}`, { cause });
    }
  }
}

/** How to load it by hand. @param server with a slash at the end */
export function describeLoading(server: string, [first]: readonly RunningService[]): string {
  return `The extension marks such changes on the services' own sites. To try it in your browser:
  1. Chromium, Chrome, Edge, Brave: open chrome://extensions, switch on "Developer mode" (top right), press "Load
     unpacked", and choose the folder
       ${BUILT.chrome}
     Firefox 140 or later: open about:debugging#/runtime/this-firefox, press "Load Temporary Add-on…", and choose the file
       ${join(BUILT.firefox, 'manifest.json')}
  2. Its introduction opens. Under "Where changes are read" type the server of this demo and press "Check and use":
       ${server.replace(/\/$/, '')}
  3. Open ${first?.localAddress}. After the next change of ${first?.name}, press "Refresh now" in the options of the extension
     (it asks every six hours by itself): the icon has a dot. Click it to see what changed, word by word.
     Firefox changes the icon only where "Addresses of open tabs" is allowed in the options; a click shows the same without.`;
}

/** Whether a window can be shown. */
export const hasDisplay = ({ platform, env }: Pick<NodeJS.Process, 'platform' | 'env'> = process): boolean =>
  platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
