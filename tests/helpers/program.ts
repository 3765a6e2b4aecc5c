import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

export const projectDirectory = join(import.meta.dirname, '..', '..');
export const mainFile = join(projectDirectory, 'cli', 'main.mjs');

/** What the program said, and how it ended. */
export interface Said {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Said>;
  /** Resolves once stderr holds this; rejects where the program ends before. */
  says(text: string | RegExp): Promise<void>;
  stderr(): string;
}

/**
 * A local site needs no pauses, and second fetches come at once; who is asked about the visits is named, so that nothing
 * is warned of; servers take any port that is free, as several tests may have one.
 */
const POLITE = {
  CLAUSEWATCH_HOST_PAUSE: '0',
  CLAUSEWATCH_SECOND_FETCH_WAIT: '0',
  CLAUSEWATCH_CONTACT: 'mailto:test@clausewatch.example',
  CLAUSEWATCH_PORT: '0',
};

interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** In place of the program itself, such as npm. */
  readonly command?: readonly string[];
}

const pick = (...names: readonly string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

/** Starts the real program in a process group of its own, without the variables that npm sets; it ends with the test. */
export function startProgram(args: readonly string[], options: ProgramOptions = {}): RunningProgram {
  const { cwd = projectDirectory, env, command = [process.execPath, mainFile] } = options;
  const [file = '', ...before] = command;
  const child = spawn(file, [...before, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Where compiled code is kept, for programs that do not say it themselves: reading a script's TypeScript takes a second.
    env: { ...pick('PATH', 'HOME', 'NODE_COMPILE_CACHE'), ...POLITE, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<Said>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  const pid = child.pid ?? 0;
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
    await ended;
  });
  return {
    child,
    pid,
    ended,
    stderr: () => stderr,
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof wanted === 'string' ? stderr.includes(wanted) : wanted.test(stderr)) resolve();
        };
        child.stderr.on('data', look);
        look();
        void ended.then((said) => reject(new Error(`It ended before it said ${wanted}: ${JSON.stringify(said)}`)));
      }),
  };
}

/** Runs the real program to its end. */
export const clausewatch = (args: readonly string[], options?: ProgramOptions): Promise<Said> =>
  startProgram(args, options).ended;

/** Lines of JSON, as objects. */
export const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** A collection in a temporary folder: service id → terms type → declaration, or the text of a faulty file. */
export async function makeCollection(
  services: Readonly<Record<string, Readonly<Record<string, unknown>> | string>>,
): Promise<string> {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'declarations'));
  for (const [name, terms] of Object.entries(services)) {
    const json = typeof terms === 'string' ? terms : JSON.stringify({ name, terms });
    await writeFile(join(directory, 'declarations', `${name}.json`), json);
  }
  return directory;
}

/** HTML of a document long enough for terms. */
export const termsPage = (text: string): string =>
  `<!doctype html><title>Terms</title><main><h1>Terms</h1><p>${text}</p><p>${'These words fill the page. '.repeat(8)}</p></main>`;
