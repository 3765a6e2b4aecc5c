import { ExtractError } from '../extract-error.ts';
import { type FilterProcess, startFilterProcess } from './filter-process.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import type { ChildRequest, FilterRequest } from './messages.ts';
import { prepareRequest } from './prepare-request.ts';
import { collectionPaths, programPaths } from './readable-paths.ts';

export interface FilterProcessesOptions {
  /** Fetches for filter functions; absent: their fetches are refused. */
  readonly guardedFetch?: GuardedFetch | undefined;
  /** Heap of one child. */
  readonly memoryMegabytes?: number;
  /** Milliseconds for one document. */
  readonly timeout?: number;
  /** Children at the same time. */
  readonly maximumProcesses?: number;
  /** Milliseconds after which a child without work is ended. */
  readonly idle?: number;
}

export interface FilterProcesses {
  /**
   * Extracts a document whose declaration names filter functions: in a confined child process, one for each service, on a
   * jsdom document.
   *
   * @returns Markdown
   * @throws ExtractError for whatever the filter functions did; the reason of `signal` when it is aborted
   */
  readonly extract: (request: FilterRequest, signal?: AbortSignal) => Promise<string>;
  /** Ends all children. What was under way is rejected with an ExtractError. */
  readonly close: () => void;
}

interface Task {
  readonly service: string;
  readonly request: ChildRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (markdown: string) => void;
  readonly reject: (error: unknown) => void;
}

interface Child {
  /** Undefined until its first document: what it may read is looked up then. */
  process: FilterProcess | undefined;
  busy: boolean;
  idleTimer: NodeJS.Timeout | undefined;
}

/** Documents after which a child is replaced: what filter functions leave behind in it does not grow without end. */
const DOCUMENTS_PER_CHILD = 200;

/** Runs filter functions in confined children: a queue, at most `maximumProcesses` children, each for one service at a time. */
export function createFilterProcesses(options: FilterProcessesOptions = {}): FilterProcesses {
  const { guardedFetch, memoryMegabytes = 512, timeout = 30_000, maximumProcesses = 2, idle = 5_000 } = options;
  const children = new Map<string, Child>();
  let waiting: Task[] = [];
  let closed = false;

  function end(service: string): void {
    const child = children.get(service);
    clearTimeout(child?.idleTimer);
    children.delete(service);
    child?.process?.end();
  }

  /** A child for the service that has nothing to do, or undefined when the task must wait. */
  function freeChild(service: string): Child | undefined {
    const known = children.get(service);
    if (known?.busy === true) return undefined;
    const usable = known?.process?.isOver() === false && known.process.answered() < DOCUMENTS_PER_CHILD;
    if (usable) return known;
    if (known !== undefined) end(service);
    if (children.size >= maximumProcesses) {
      const unused = [...children].find(([, child]) => !child.busy);
      if (unused === undefined) return undefined;
      end(unused[0]);
    }
    const child: Child = { process: undefined, busy: false, idleTimer: undefined };
    children.set(service, child);
    return child;
  }

  const hasChild = ({ service }: Task): boolean => children.has(service);

  function startWhatCan(): void {
    // Those of services that have a child first: starting one costs more than a document.
    const tasks = [...waiting.filter(hasChild), ...waiting.filter((task) => !hasChild(task))];
    waiting = [];
    for (const task of tasks) {
      if (task.signal?.aborted === true) task.reject(task.signal.reason);
      else {
        const child = freeChild(task.service);
        if (child === undefined) waiting.push(task);
        else void run(task, child);
      }
    }
  }

  async function start(collectionDirectory: string, location: string): Promise<FilterProcess> {
    const readablePaths = [...programPaths(), ...(await collectionPaths(collectionDirectory))];
    if (closed) throw closedError(location);
    return startFilterProcess({ collectionDirectory, readablePaths, memoryMegabytes, timeout, guardedFetch });
  }

  async function run(task: Task, child: Child): Promise<void> {
    child.busy = true;
    clearTimeout(child.idleTimer);
    try {
      child.process ??= await start(task.request.collectionDirectory, task.request.location);
      task.resolve(await child.process.extract(task.request, task.signal));
    } catch (error) {
      // Once more in a new child, so that a document does not fail for what another one left behind.
      if (child.process?.diedAfterAnswers() === true) waiting.unshift(task);
      else task.reject(error);
    }
    child.busy = false;
    if (children.get(task.service) === child) {
      if (child.process?.isOver() !== false) children.delete(task.service);
      else child.idleTimer = setTimeout(() => end(task.service), idle);
    }
    startWhatCan();
  }

  return {
    extract: async (request, signal) => {
      signal?.throwIfAborted();
      const prepared = await prepareRequest(request, guardedFetch !== undefined);
      if (closed) throw closedError(request.location);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const onAbort = (): void => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.push({ ...prepared, signal, resolve, reject });
      startWhatCan();
      return promise.finally(() => signal?.removeEventListener('abort', onAbort));
    },
    close: () => {
      closed = true;
      for (const task of waiting.splice(0)) task.reject(closedError(task.request.location));
      for (const service of [...children.keys()]) end(service);
    },
  };
}

function closedError(location: string): ExtractError {
  return new ExtractError('unreadable', `${location} was not extracted: the run is ending. The next run does it.`);
}
