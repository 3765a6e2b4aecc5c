import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import type { ExtensionInBrowser } from './extension-in-browser.ts';
import { type Items, writeItems } from './pictured-person.ts';
import type { ExtensionPicture } from './pictures.ts';

export interface ExtensionLook {
  readonly scheme: 'light' | 'dark';
  readonly language: 'en' | 'de';
}

export interface TakeOptions {
  readonly extension: ExtensionInBrowser;
  /** What the person keeps who is pictured. */
  readonly usual: Items;
  readonly now: Date;
  readonly folder: string;
  /** In place of the name that says how it was taken, without `.png`. */
  readonly file?: string | undefined;
}

const NARROW = 600;

/**
 * Takes a PNG of something at each of its widths: `popup-changed-360-dark-de.png`.
 *
 * @returns what hangs over its window at the side
 */
export async function takePicture(
  { name, widths, isWhole, items, open }: ExtensionPicture,
  { scheme, language }: ExtensionLook,
  { extension, usual, now, folder, file: named }: TakeOptions,
): Promise<string[]> {
  const kept = items?.(usual, now) ?? usual;
  const faults: string[] = [];
  for (const width of widths) {
    await writeItems(extension, { ...kept, settings: { ...(kept.settings as object), language } });
    const page = await open(extension, width);
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    if (width === 'own') await untilFitting(page);
    else await setWidth(page, width);
    const wide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    const file = named ?? `${name}-${width}-${scheme}-${language}`;
    if (wide > 0) faults.push(`${file}: ${wide} px wider than its window`);
    await writeFile(join(folder, `${file}.png`), await page.screenshot({ fullPage: isWhole }));
    await extension.closeTabs();
  }
  return faults;
}

async function setWidth(page: Page, width: number): Promise<void> {
  const deviceScaleFactor = await page.evaluate(() => devicePixelRatio);
  await page.setViewport({ width, height: width < NARROW ? 720 : 460, deviceScaleFactor });
  // The note beside forms looks for a place when the window has another size, with the next pictures.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 200))));
}

/** Browsers make a popup as large as what is in it, after that was drawn. */
async function untilFitting(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { offsetWidth, offsetHeight } = document.body;
    return innerWidth === offsetWidth && Math.abs(innerHeight - offsetHeight) <= 1;
  });
}
