/** Lets up to `limit` works go on at once; the others begin in their order, each when one before it has ended. */
export function upToAtOnce(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place is handed on, so that none who comes now is before those who wait.
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
