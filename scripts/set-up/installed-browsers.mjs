import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where Chrome and Chromium are usually installed.
 * @returns {string[]} absolute paths, best first, existing or not
 */
export function usualBrowserPaths(platform = process.platform, environment = process.env) {
  if (platform === 'darwin') {
    return ['/', homedir()].flatMap((home) =>
      ['Google Chrome', 'Chromium'].map((name) => join(home, `Applications/${name}.app/Contents/MacOS/${name}`)),
    );
  }
  if (platform === 'win32') {
    return [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((directory) =>
        ['Google/Chrome', 'Chromium'].map((name) => join(directory, name, 'Application/chrome.exe')),
      );
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const directories = new Set(['/usr/bin', '/usr/local/bin', '/snap/bin', ...(environment.PATH ?? '').split(':')]);
  return [...directories]
    .filter((path) => path.startsWith('/'))
    .flatMap((path) => names.map((name) => join(path, name)));
}
