import { spawn } from 'node:child_process';
import { parse } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ExtractError } from '../extract-error.ts';
import { captureOutput } from './captured-output.ts';
import { childCommand } from './child-command.ts';
import { encodeFrame, type Frame, frameReader } from './frames.ts';
import { fetchesOfOneDocument, type GuardedFetch } from './guarded-fetch.ts';
import { type ChildRequest, readFailure, readFetch } from './messages.ts';

export interface FilterProcessOptions {
  /** The collection, without symbolic links. */
  readonly collectionDirectory: string;
  readonly readablePaths: readonly string[];
  readonly memoryMegabytes: number;
  /** Milliseconds for one document, and for the start. */
  readonly timeout: number;
  readonly guardedFetch: GuardedFetch | undefined;
}

/** A confined child process that runs the filter functions of one service, one document at a time. */
export interface FilterProcess {
  /**
   * @returns Markdown
   * @throws ExtractError; the process is over then: what a failed filter function leaves behind harms no other document
   */
  readonly extract: (request: ChildRequest, signal?: AbortSignal) => Promise<string>;
  readonly isOver: () => boolean;
  /** It ended without being told, after it had answered: what an earlier document left behind may be the cause. */
  readonly diedAfterAnswers: () => boolean;
  /** Requests answered so far. */
  readonly answered: () => number;
  /** Ends it at once. */
  readonly end: () => void;
}

/** Bytes that the child may answer with. Only the Markdown can be large, and it is not parsed: no shape of it costs more. */
const FROM_THE_CHILD = { ready: 0, markdown: 32_000_000, failure: 64_000, fetch: 256_000 };

interface Current {
  readonly number: number;
  readonly resolve: (markdown: string) => void;
  readonly reject: (error: unknown) => void;
  readonly describe: string;
  readonly answerFetch: ReturnType<typeof fetchesOfOneDocument>;
}

/** Starts a child. Its faults become faults of the document that it works on. */
export function startFilterProcess(options: FilterProcessOptions): FilterProcess {
  const { timeout, memoryMegabytes } = options;
  const { command, arguments: args } = childCommand(
    options.collectionDirectory,
    options.readablePaths,
    memoryMegabytes,
  );
  const child = spawn(command, args, {
    env: {},
    cwd: parse(process.execPath).root,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const requests = child.stdin as Writable;
  const output = captureOutput([child.stdout as Readable, child.stderr as Readable], () => {
    stop('printed without end. Take the output out of them');
  });
  let current: Current | undefined;
  let over = false;
  let died = false;
  let answered = 0;
  let lastNumber = 0;

  const outputAsCause = (): Error => new Error(`Output of the filter process: ${output.text() || '(none)'}`);

  function stop(what: string): void {
    over = true;
    child.kill('SIGKILL');
    const stopped = current;
    current = undefined;
    stopped?.reject(new ExtractError('unreadable', `${stopped.describe} ${what}.`, { cause: outputAsCause() }));
  }

  function onFrame(frame: Frame): void {
    if (over || frame.kind === 'ready') return;
    if (current === undefined || frame.request !== current.number) {
      throw new Error('an answer that nobody asked for');
    }
    if (frame.kind === 'fetch') {
      const { number, answerFetch } = current;
      void answerFetch(readFetch(frame.payload)).then((answer) => {
        if (current?.number === number) write('fetched', number, answer);
      });
      return;
    }
    const { resolve, reject, describe } = current;
    if (frame.kind === 'markdown') {
      const markdown = Buffer.from(frame.payload).toString('utf8');
      current = undefined;
      answered += 1;
      resolve(markdown);
      return;
    }
    const { reason, message } = readFailure(frame.payload);
    current = undefined;
    reject(new ExtractError(reason, `${describe} gave no text: ${message}`, { cause: outputAsCause() }));
    stop('were stopped');
  }

  function write(kind: 'request' | 'fetched', number: number, value: unknown): void {
    requests.write(encodeFrame({ kind, request: number, payload: Buffer.from(JSON.stringify(value), 'utf8') }));
  }

  const read = frameReader(FROM_THE_CHILD, onFrame);
  const answers = child.stdio[3] as Readable;
  answers.on('error', () => undefined);
  requests.on('error', () => undefined);
  answers.on('data', (chunk: Buffer) => {
    if (over) return;
    try {
      read(chunk);
    } catch (error) {
      stop(`sent ${(error as Error).message}; they are stopped. Look into them before they run again`);
    }
  });
  child.on('error', (error) => {
    stop(`could not be started (${error.message}). Check that ${command} can be run`);
  });
  child.on('close', (code, signal) => {
    if (over) return;
    died = true;
    stop(howItEnded(code, signal, output.text(), memoryMegabytes));
  });

  return {
    extract: async (request, signal) => {
      signal?.throwIfAborted();
      lastNumber += 1;
      const number = lastNumber;
      const ended = new AbortController();
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const describe = `The filter functions (${namesOf(request)}) for ${request.location}`;
      const answerFetch = fetchesOfOneDocument(options.guardedFetch, ended.signal);
      current = { number, resolve, reject, describe, answerFetch };
      const timer = setTimeout(() => {
        stop(`were stopped after ${timeout / 1_000} s. Make them faster, or look for an endless loop`);
      }, timeout);
      const onAbort = (): void => {
        reject(signal?.reason);
        stop('were stopped');
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      if (over) stop('could not be run: their process was over');
      else write('request', number, request);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        ended.abort();
      }
    },
    isOver: () => over,
    diedAfterAnswers: () => died && answered > 0,
    answered: () => answered,
    end: () => stop('were stopped'),
  };
}

function namesOf({ filter }: ChildRequest): string {
  return filter.map((use) => (typeof use === 'string' ? use : Object.keys(use).join(', '))).join(', ');
}

function howItEnded(code: number | null, signal: string | null, output: string, memoryMegabytes: number): string {
  if (/out of memory|Cannot allocate memory|bad_alloc|Check failed: SetPermissions/i.test(output)) {
    return `used more than ${memoryMegabytes} MB of memory. Make them work on less`;
  }
  if (signal === 'SIGXCPU') return 'used all the processor time that their process may have. Make them faster';
  const how = signal === null ? `exit code ${code}` : signal;
  return `ended their process (${how}) instead of returning. Look for process.exit or a rejected promise that nobody awaits`;
}
