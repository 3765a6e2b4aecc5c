import { build } from 'wxt';

// Run by builtExtension() in a process of its own: Vitest's says that it is no production, and WXT would build otherwise.
const [browser = '', outDir = ''] = process.argv.slice(2);
await build({ configFile: 'extension/wxt.config.ts', browser, manifestVersion: 3, outDir });
