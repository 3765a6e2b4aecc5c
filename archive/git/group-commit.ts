/** Acknowledges in groups: a checkpoint costs as much as ten records. */
export interface GroupCommit {
  /** Counts one record as written and answers with its acknowledgement. */
  add(): Promise<void>;
  /** Checkpoints now what was added until now. */
  flush(): Promise<void>;
}

/**
 * Calls `checkpoint` once `size` records wait, `delay` milliseconds after the first of them, or when for a quarter of
 * that time none was added: then everybody may be waiting for this very checkpoint. One checkpoint at a time; what is
 * added meanwhile belongs to the next.
 */
export function createGroupCommit(options: {
  readonly size: number;
  readonly delay: number;
  readonly checkpoint: () => Promise<void>;
}): GroupCommit {
  let group: PromiseWithResolvers<void> & { count: number } = newGroup();
  let timer: NodeJS.Timeout | undefined;
  let lull: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    running = running.catch(() => {}).then(settle);
    // Whoever waits for a record of the group learns of a failure there.
    running.catch(() => {});
    return running;
  }

  const flushSoon = (): void => void flush().catch(() => {});

  async function settle(): Promise<void> {
    clearTimeout(timer);
    clearTimeout(lull);
    timer = undefined;
    const closing = group;
    group = newGroup();
    try {
      await options.checkpoint();
      closing.resolve();
    } catch (error) {
      closing.reject(error);
      throw error;
    }
  }

  return {
    add() {
      group.count++;
      clearTimeout(lull);
      if (group.count === options.size) flushSoon();
      if (group.count < options.size) {
        timer ??= setTimeout(flushSoon, options.delay);
        lull = setTimeout(flushSoon, options.delay / 4);
      }
      return group.promise;
    },
    flush,
  };
}

function newGroup(): PromiseWithResolvers<void> & { count: number } {
  const group = Object.assign(Promise.withResolvers<void>(), { count: 0 });
  // A caller may not look at the acknowledgement at all; the failure reaches it with its next call.
  group.promise.catch(() => {});
  return group;
}
