import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { findBrowser } from '../../crawler/fetch/browser-executable.ts';
import type { PageLanguage } from '../../server/pages/languages.ts';
import type { PageToPicture } from './pages-to-picture.ts';

export interface Look {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  readonly language: PageLanguage;
}

export interface PicturesOptions {
  /** `http://127.0.0.1:4600` */
  readonly origin: string;
  readonly folder: string;
  readonly pages: readonly PageToPicture[];
  readonly looks: readonly Look[];
  /** Begins at the first element of this selector instead of at the top. */
  readonly from?: string | undefined;
  /** Files are named for their page alone, where each has but one look, and nothing is printed. */
  readonly isPlainlyNamed?: boolean;
  /** Most of a page that a picture shows, in CSS pixels: a version may be as long as a book. */
  readonly longest: number;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, name: string) => void;
}

/**
 * Takes a PNG of each page in each look: `redline-360-dark-de.png`, and `redline.pdf`.
 *
 * @returns what is wrong with pages as they are shown: wider than their window, or not answered as a page
 * @throws Error where there is no browser, or the folder cannot be written
 */
export async function takePictures(options: PicturesOptions): Promise<string[]> {
  const { folder, pages, looks, isPlainlyNamed = false, signal, progress } = options;
  await mkdir(folder, { recursive: true });
  const printed = isPlainlyNamed ? [] : pages.filter(({ isPrinted }) => isPrinted);
  const total = pages.length * looks.length + printed.length;
  const faults: string[] = [];
  let done = 0;
  const browser = await openBrowser();
  try {
    const tab = await browser.newPage();
    for (const look of looks) {
      await tab.setViewport({ width: look.width, height: look.width < 600 ? 780 : 860 });
      await tab.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: look.scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      for (const page of pages) {
        signal.throwIfAborted();
        const name = isPlainlyNamed ? page.name : `${page.name}-${look.width}-${look.scheme}-${look.language}`;
        progress(done, total, name);
        await open(tab, options.origin + page.address(look.language));
        const fault = await widerThanWindow(tab);
        if (fault) faults.push(`${name}: ${fault}`);
        await picture(tab, join(folder, `${name}.png`), options);
        done++;
      }
    }
    await tab.emulateMediaFeatures([]);
    for (const page of printed) {
      signal.throwIfAborted();
      progress(done, total, `${page.name}.pdf`);
      await open(tab, options.origin + page.address('en'));
      // As a reader's browser prints it: by the stylesheet alone, without the browser's own lines at top and bottom.
      await writeFile(join(folder, `${page.name}.pdf`), await tab.pdf({ format: 'A4', preferCSSPageSize: true }));
      done++;
    }
    progress(total, total, '');
  } finally {
    await browser.close();
  }
  return faults;
}

async function openBrowser(): Promise<Browser> {
  const executablePath = await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH);
  // Only pages of our own server are opened; as root, as in containers, Chromium does not start with its sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await puppeteer.launch({ executablePath, headless: true, args: [...args, '--hide-scrollbars'] });
}

async function open(tab: Page, address: string): Promise<void> {
  const answer = await tab.goto(address, { waitUntil: 'load' });
  if (!answer?.headers()['content-type']?.startsWith('text/html')) {
    throw new Error(`${address} is not a page: ${answer?.status()} ${answer?.headers()['content-type'] ?? ''}`);
  }
}

/** What hangs over the window at the side, where something does. */
async function widerThanWindow(tab: Page): Promise<string | undefined> {
  return await tab.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const widest = [...document.querySelectorAll('main *, header *, footer *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.classList.value}`);
    return `${scrollWidth - clientWidth} px wider than the window: ${widest.slice(0, 3).join(', ')}`;
  });
}

async function picture(tab: Page, path: string, { longest, from }: PicturesOptions): Promise<void> {
  const { width, height, y } = await tab.evaluate((selector) => {
    const first = selector === undefined ? null : document.querySelector(selector);
    const top = first === null ? 0 : Math.round(first.getBoundingClientRect().top) - 24;
    return {
      width: document.documentElement.clientWidth,
      height: document.documentElement.scrollHeight,
      y: Math.max(0, top),
    };
  }, from);
  const clip = { x: 0, y, width, height: Math.min(height - y, longest) };
  await writeFile(path, await tab.screenshot({ clip, captureBeyondViewport: true }));
}
