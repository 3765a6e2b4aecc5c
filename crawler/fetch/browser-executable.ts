import { access, constants } from 'node:fs/promises';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of a browser that exists: the one that is asked for, Puppeteer's own, or an installed Chromium or Chrome.
 *
 * @throws Error that says what to do where there is none.
 */
export async function findBrowser(asked: string | undefined): Promise<string> {
  if (asked !== undefined) {
    if (await isExecutable(asked)) return asked;
    throw new Error(
      `The browser ${asked} does not exist or cannot be run; correct PUPPETEER_EXECUTABLE_PATH or unset it`,
    );
  }
  // Only now: it is a third of what a run has to load, and most runs need no browser.
  const { default: puppeteer } = await import('puppeteer');
  const own = await Promise.resolve(puppeteer.executablePath()).catch(() => undefined);
  for (const path of own === undefined ? installed : [own, ...installed]) if (await isExecutable(path)) return path;
  throw new Error(
    'No browser was found; install Chromium or Chrome, or run "npx puppeteer browsers install chrome", or set PUPPETEER_EXECUTABLE_PATH',
  );
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
