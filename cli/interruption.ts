/** Milliseconds that a clean end may take before the process is ended all the same (issue: within 10 s). */
const GRACE = 9_000;

/** Thrown through a run that a signal ended. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * An AbortSignal that SIGINT and SIGTERM abort. Work in progress then ends cleanly; where it does not within nine
 * seconds, or at a second SIGINT, the process exits at once — acknowledged records survive that as they survive a kill.
 */
export function abortOnSignals(exitCode: number): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(exitCode);
    controller.abort(new InterruptedError(`Stopped by ${name}.`));
    setTimeout(() => process.exit(exitCode), GRACE).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

/** Resolves when the signal is aborted. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
