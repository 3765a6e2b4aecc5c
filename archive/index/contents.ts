/** Reads a blob by its id; undefined where the repository has none. */
export type ReadBlob = (id: string) => Promise<Uint8Array | undefined>;

/** Texts asked for before they are needed, so that git and we work at the same time. */
const READ_AHEAD = 12;
/** Bytes of these, as far as the text before them tells how long they are. */
const READ_AHEAD_BYTES = 16_000_000;

/** Contents of blobs, read ahead, of which single ones may be missing, damaged or too large. */
export interface Contents {
  /** Tells what will be asked for, in that order. What `isKnown` says then is not. */
  expect(blobs: readonly string[], isKnown: (blob: string) => boolean): void;
  /**
   * The content; or why there is none, though the repository can be read.
   *
   * @throws what reading throws where nothing of the repository can be read.
   */
  read(blob: string): Promise<Uint8Array | string>;
}

/**
 * @param assertReadable throws where the repository is at fault, or its disk, and not a single content: none is to be
 *   given up for that. By default what reading its end throws.
 */
export function createContents(
  readBlob: ReadBlob,
  assertReadable: () => Promise<unknown> = () => readBlob('HEAD'),
): Contents {
  const reading = new Map<string, Promise<Uint8Array | undefined>>();
  let expected: readonly string[] = [];
  let isKnown = (_blob: string): boolean => false;
  let next = 0;
  let ahead = READ_AHEAD;

  function readAhead(): void {
    while (reading.size < ahead && next < expected.length) {
      const blob = expected[next++];
      if (blob !== undefined && !isKnown(blob)) begin(blob);
    }
  }

  function begin(blob: string): Promise<Uint8Array | undefined> {
    const answer = reading.get(blob) ?? readBlob(blob);
    reading.set(blob, answer);
    // Whoever waits for it is told of a failure; nobody may be waiting yet.
    answer.catch(() => {});
    return answer;
  }

  async function contentOf(blob: string): Promise<Uint8Array | string> {
    try {
      return (await begin(blob)) ?? (await missing(blob));
    } catch {
      // A damaged object ends the git that reads for all. Alone, it is seen which one it was.
      await Promise.allSettled(reading.values());
      reading.clear();
    }
    const content = await readBlob(blob).catch((error: unknown) => (error instanceof Error ? error : String(error)));
    if (content === undefined) return await missing(blob);
    if (content instanceof Uint8Array) return content;
    await assertReadable();
    return content instanceof Error ? content.message : content;
  }

  async function missing(blob: string): Promise<string> {
    await assertReadable();
    return `blob ${blob} is missing`;
  }

  return {
    expect(blobs, isKnownThen) {
      expected = blobs;
      isKnown = isKnownThen;
      next = 0;
      reading.clear();
      readAhead();
    },
    async read(blob) {
      const content = await contentOf(blob);
      reading.delete(blob);
      if (typeof content !== 'string') {
        ahead = Math.min(READ_AHEAD, Math.max(1, Math.floor(READ_AHEAD_BYTES / content.length)));
      }
      readAhead();
      return content;
    },
  };
}
