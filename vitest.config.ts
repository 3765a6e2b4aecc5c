import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

// `unit` runs in parallel, and so does `extension`, where `browser` and IndexedDB are made up; `end-to-end` starts
// browsers, sites and trackers, so its files run one after the other: the machines that run it have two cores.
export default defineConfig({
  test: {
    // Much of the time is waiting for git, disks and clocks: as many at once as there are cores, not one less.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/end-to-end/**', 'tests/extension/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [WxtVitest({ configFile: 'extension/wxt.config.ts' })],
        test: {
          name: 'extension',
          include: ['tests/extension/**/*.test.ts'],
          setupFiles: ['tests/helpers/extension/set-up.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['tests/end-to-end/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
