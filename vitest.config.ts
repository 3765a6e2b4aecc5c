import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// How long is waited for what is to come: Vitest's one second is too short for a machine that does other work as well.
const expectations = { poll: { timeout: 20_000 } };

// `unit` runs in parallel; `end-to-end` starts browsers, sites and trackers, so its files run one after the other:
// the machines that run it have two cores.
export default defineConfig({
  test: {
    // Much of the time is waiting for git, disks and clocks: as many at once as there are cores, not one less.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/end-to-end/**'],
          expect: expectations,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['tests/end-to-end/**/*.test.ts'],
          fileParallelism: false,
          expect: expectations,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
