import { setImmediate } from 'node:timers/promises';

/** To be awaited between small pieces of a long work: others have their turn whenever enough time has gone. */
export type Pause = () => Promise<void> | undefined;

/** @param milliseconds between two turns of others */
export function createPause(milliseconds = 10): Pause {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < milliseconds) return undefined;
    return setImmediate().then(() => {
      begun = performance.now();
    });
  };
}
