import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface TestProcess {
  readonly child: ChildProcess;
  /** Its lines on stdout, in the order in which they come. */
  readonly lines: AsyncIterator<string>;
  /** Ends it as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Runs a TypeScript file with this Node; it is killed at the end of the test if it still lives. */
export function startProcess(file: string, args: readonly string[]): TestProcess {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
  };
  onTestFinished(kill);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), kill };
}
