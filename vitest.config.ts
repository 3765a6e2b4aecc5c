import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import LongestFirst from './tests/helpers/longest-first.ts';

// How long is waited for what is to come: Vitest's one second is too short for a machine that does other work as well.
const expectations = { poll: { timeout: 20_000 } };

// What reads and writes nothing but its own values, or folders of its own, and changes nothing of its process. Half of
// the time of these files was the loading of the same modules again and again.
const SHARING = [
  'tests/archive/changes/**/*.test.ts',
  'tests/archive/declarations/*.test.ts',
  'tests/server/api/**/*.test.ts',
  'tests/server/feeds/**/*.test.ts',
  'tests/server/pages/**/*.test.ts',
];

// `unit` and `shared` run in parallel, each file of `unit` in a process of its own, those of `shared` one after the other
// in one for each core. In `extension`, `browser` and IndexedDB are made up. `end-to-end` starts browsers, sites and
// trackers, and waits for them more than it works: two of its files at a time, which is one for each core of the machines
// that run it.
export default defineConfig({
  test: {
    // Much of the time is waiting for git, disks and clocks: as many at once as there are cores, not one less.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/end-to-end/**', 'tests/extension/**', ...SHARING],
          globalSetup: 'tests/helpers/shared-folder.ts',
          expect: expectations,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'shared',
          include: SHARING,
          isolate: false,
          globalSetup: 'tests/helpers/shared-folder.ts',
          expect: expectations,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [WxtVitest({ configFile: 'extension/wxt.config.ts' })],
        test: {
          name: 'extension',
          include: ['tests/extension/**/*.test.ts'],
          setupFiles: ['tests/helpers/extension/set-up.ts'],
          expect: expectations,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['tests/end-to-end/**/*.test.ts'],
          maxWorkers: 2,
          // Where all projects are asked for at once: after the others, which have another number of workers.
          sequence: { groupOrder: 1 },
          globalSetup: 'tests/helpers/shared-folder.ts',
          expect: expectations,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
