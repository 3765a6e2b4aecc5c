import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer';

/**
 * Makes the extension's icons, `extension/public/icons/*.png`, of their drawings in `extension/icons`:
 *
 *     node scripts/draw-icons.ts
 */
const NAMES = ['plain', 'news', 'unread'] as const;
/** Of toolbars on screens of one to three dots for each pixel, of lists of extensions, and of stores. */
const SIZES = [16, 19, 32, 38, 48, 64, 96, 128] as const;

const root = join(import.meta.dirname, '../extension');
const folder = join(root, 'public/icons');
mkdirSync(folder, { recursive: true });

const executablePath = process.env.PUPPETEER_EXECUTABLE_PATH;
const browser = await puppeteer.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  for (const name of NAMES) {
    const drawing = readFileSync(join(root, 'icons', `${name}.svg`), 'utf8');
    for (const size of SIZES) {
      await page.setViewport({ width: size, height: size });
      await page.setContent(
        `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${drawing}`,
      );
      writeFileSync(join(folder, `${name}-${size}.png`), await page.screenshot({ omitBackground: true }));
    }
  }
} finally {
  await browser.close();
}
