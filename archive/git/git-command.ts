import { type SimpleGit, simpleGit } from 'simple-git';
import type { GitLocation } from './git-location.ts';
import { GIT_CONFIGURATION, gitEnvironment } from './git-process.ts';

const SETTINGS = {
  config: [...GIT_CONFIGURATION],
  maxConcurrentProcesses: 1,
  trimmed: false,
  allowEnvironment: ['GIT_TERMINAL_PROMPT', 'GIT_OPTIONAL_LOCKS', 'GIT_DIR', 'GIT_WORK_TREE'],
  // Configured by us, and to make git safer; simple-git cannot know that.
  unsafe: { allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true, allowUnsafeFsMonitor: true },
};

/** simple-git for the life of a repository: configuration, remotes, push, maintenance, checks. */
export function gitCommand({ directory, gitDirectory, workTree }: GitLocation): SimpleGit {
  return simpleGit({ ...SETTINGS, baseDir: directory }).env({
    ...gitEnvironment(),
    GIT_DIR: gitDirectory,
    ...(workTree === undefined ? {} : { GIT_WORK_TREE: workTree }),
  });
}
