/**
 * Works on the items in their order, up to `limit` at once. At the first error no further item is begun, `stop` is
 * aborted with it, and once all that were in work have ended it is thrown.
 */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
  stop: AbortController,
): Promise<void> {
  const queue = items.values();
  let fault: { error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      try {
        await work(item);
      } catch (error) {
        fault ??= { error };
        stop.abort(error);
      }
      if (fault) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (fault) throw fault.error;
}
