/** Work that several may wait for: it is done once, and given up when the last of them has gone. */
export interface SharedWork<Result> {
  /** @throws the signal's reason once this asker has gone */
  join(key: string, work: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

interface Ongoing<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  askers: number;
}

export function createSharedWork<Result>(): SharedWork<Result> {
  const ongoing = new Map<string, Ongoing<Result>>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Ongoing<Result> {
    const controller = new AbortController();
    const result = work(controller.signal).finally(() => {
      if (ongoing.get(key)?.controller === controller) ongoing.delete(key);
    });
    const begun = { result, controller, askers: 0 };
    ongoing.set(key, begun);
    return begun;
  }

  return {
    async join(key, work, signal) {
      signal?.throwIfAborted();
      const one = ongoing.get(key) ?? begin(key, work);
      one.askers++;
      const { promise: gone, reject } = Promise.withResolvers<never>();
      const onGone = (): void => {
        one.askers--;
        if (one.askers === 0) {
          // Whoever comes now begins anew.
          if (ongoing.get(key) === one) ongoing.delete(key);
          one.controller.abort(signal?.reason);
        }
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onGone, { once: true });
      try {
        return await Promise.race([one.result, gone]);
      } finally {
        signal?.removeEventListener('abort', onGone);
      }
    },
  };
}
