import { zip } from 'wxt';

// Run by packExtension() in a process of its own: Vitest's says that it is no production, and WXT would build otherwise.
const [outDir = ''] = process.argv.slice(2);
for (const browser of ['chrome', 'firefox']) {
  await zip({ configFile: 'extension/wxt.config.ts', browser, manifestVersion: 3, outDir });
}
