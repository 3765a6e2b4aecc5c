import { access, constants } from 'node:fs/promises';
import puppeteer from 'puppeteer';

const INSTALLED = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/opt/firefox/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** The Firefox that is asked for by FIREFOX_EXECUTABLE_PATH, an installed one, or Puppeteer's own. undefined: there is none. */
export async function findFirefox(): Promise<string | undefined> {
  const asked = process.env.FIREFOX_EXECUTABLE_PATH;
  const own = await Promise.resolve(puppeteer.executablePath({ browser: 'firefox' })).catch(() => undefined);
  for (const path of asked === undefined ? [...INSTALLED, own] : [asked]) {
    if (path !== undefined && (await isExecutable(path))) return path;
  }
  return undefined;
}

/** Where tests in Firefox are left out, they say so in their title; never where the project is checked as a whole. */
export async function isWithoutFirefox(): Promise<boolean> {
  return process.env.CI === undefined && (await findFirefox()) === undefined;
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
