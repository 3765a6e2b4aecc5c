/** Pauses that can be cut short. */
export interface Alarm {
  /** Resolves after the time, or at once where `ring` was called since the last pause ended. */
  pause(milliseconds: number): Promise<void>;
  ring(): void;
}

export function createAlarm(): Alarm {
  let hasRung = false;
  let wake = (): void => {};
  return {
    async pause(milliseconds) {
      if (!hasRung) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, milliseconds);
        wake = resolve;
        await promise;
        clearTimeout(timer);
      }
      hasRung = false;
    },
    ring() {
      hasRung = true;
      wake();
    },
  };
}
