import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer';
import { parse } from 'yaml';
import { EXIT } from '../cli/exit-codes.ts';
import { resolveFromCaller } from '../cli/options.ts';
import { findBrowser } from '../crawler/fetch/browser-executable.ts';

/**
 * Makes of what `npm run screenshots:extension` took the pictures that Chrome Web Store wants, 1280 × 800, beside them:
 * `store-en-1.png` …, each with a sentence of the store's texts. Windows of the extension stand on a ground, documents begin at
 * their top.
 */
const LANGUAGES = ['en', 'de'] as const;
const NAMES = [
  'popup-changed-own-light',
  'chip-800-light',
  'popup-changed-own-dark',
  'options-1280-light',
  'welcome-1280-light',
];
const SIZE = { width: 1280, height: 800 };

const DOCUMENT = 'body { margin: 0 } img { display: block }';
const framed = (isDark: boolean): string => `
  body { margin: 0; height: 800px; box-sizing: border-box; padding: 0 70px; display: flex; align-items: center;
    gap: 60px; justify-content: space-between; background: ${isDark ? '#0d0e10' : '#e9e4d9'};
    color: ${isDark ? '#e9e6df' : '#1b1a17'} }
  div { flex: 1 }
  h1 { font: 700 46px Charter, "Noto Serif", Georgia, serif; margin: 0 0 20px }
  p { font: 26px/1.4 system-ui, "Noto Sans", sans-serif; margin: 0 }
  img { max-width: 700px; border-radius: 8px; box-shadow: 0 8px 40px #0006 }`;

const folder = resolveFromCaller(process.argv[2] ?? 'screenshots');
const wanted = LANGUAGES.flatMap((language) =>
  NAMES.map((name, place) => ({
    language,
    isDark: name.endsWith('dark'),
    from: join(folder, `${name}-${language}.png`),
    to: join(folder, `store-${language}-${place + 1}.png`),
  })),
);
const missing = wanted.filter(({ from }) => !existsSync(from));
if (missing.length > 0) {
  process.stderr.write(
    `${missing.map(({ from }) => from).join(', ')}: not there. Take them by npm run screenshots:extension -- ${folder} first.\n`,
  );
  process.exit(EXIT.usage);
}

const browser = await puppeteer.launch({
  executablePath: await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  await page.setViewport(SIZE);
  for (const { language, isDark, from, to } of wanted) {
    const { name, summary } = parse(
      await readFile(new URL(`../docs/store/${language}.yml`, import.meta.url), 'utf8'),
    ) as Record<'name' | 'summary', string>;
    const picture = await readFile(from);
    // https://www.w3.org/TR/png-3/#11IHDR
    const isDocument = picture.readUInt32BE(16) >= SIZE.width;
    const image = `<img src="data:image/png;base64,${picture.toString('base64')}" alt="">`;
    await page.setContent(
      `<style>${isDocument ? DOCUMENT : framed(isDark)}</style>` +
        (isDocument ? image : `<div><h1>${name}</h1><p>${summary}</p></div>${image}`),
    );
    await page.screenshot({ path: to as `${string}.png`, clip: { x: 0, y: 0, ...SIZE } });
  }
} finally {
  await browser.close();
}
process.stdout.write(`${wanted.length} pictures for the store are in ${folder}\n`);
