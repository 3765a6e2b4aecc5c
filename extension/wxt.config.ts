import { defineConfig } from 'wxt';
import { manifestFor } from './manifest.ts';

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  modulesDir: 'extension/modules',
  outDir: 'extension/.output',
  // Everything is imported by name, so that a reader sees where it comes from.
  imports: false,
  modules: ['@wxt-dev/webextension-polyfill'],
  manifestVersion: 3,
  manifest: ({ browser }) => manifestFor(browser),
});
