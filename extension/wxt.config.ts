import { resolve } from 'node:path';
import { defineConfig } from 'wxt';
import { manifestFor } from './manifest.ts';

/**
 * What a reviewer needs to build the same, and no more: `npm run zip:extension` in a folder with these gives the same bytes.
 * Files that begin with a dot are left out unless they are named.
 */
const SOURCES = [
  'extension/**',
  'archive/changes/{alignment,blocks,redline}/**',
  'server/api/contract.ts',
  'server/api/contract/**',
  'scripts/set-up.mjs',
  'scripts/set-up/**',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'tsconfig.json',
  'docs/store/build-from-sources.md',
  'LICENSE',
];

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
  zip: { includeSources: SOURCES },
  hooks: {
    ready: ({ config, hooks }) => {
      hooks.hook('vite:build:extendConfig', (entrypoints, vite) => {
        // Read at each waking, and nothing in it needs what the polyfill does; in Firefox that does nothing at all.
        if (config.browser !== 'firefox' && entrypoints.some(({ type }) => type !== 'background')) return;
        vite.plugins ??= [];
        vite.plugins.push({
          name: 'browser-itself',
          config: () => ({ resolve: { alias: { 'webextension-polyfill': resolve('extension/browser-itself.ts') } } }),
        });
      });
    },
  },
});
