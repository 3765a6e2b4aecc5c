import type { PendingVersion } from './pending-versions.ts';
import { type VersionBlocks, versionBlocks } from './version-blocks.ts';

/** Reads a blob by its id; undefined where the repository has none. */
export type ReadBlob = (id: string) => Promise<Uint8Array | undefined>;

/** Texts asked for before they are needed, so that git and we work at the same time. */
const READ_AHEAD = 12;
/** Bytes of these, as far as the text before them tells how long they are. */
const READ_AHEAD_BYTES = 16_000_000;
/** Characters of texts whose blocks are kept: two fifths of all versions return to the text of a recent one. */
const KEPT_CHARACTERS = 6_000_000;

/** The blocks of versions, each distinct text read and split once as long as it is kept. */
export interface VersionTexts {
  /**
   * undefined where the text is missing, damaged or too large: why is told to `onUnread`.
   *
   * @throws what reading throws where nothing of the repository can be read.
   */
  blocks(version: { readonly seq: number; readonly blob: string }): Promise<VersionBlocks | undefined>;
  /** Tells what will be asked for, in that order. */
  expect(versions: readonly PendingVersion[]): void;
}

export function createVersionTexts(
  readBlob: ReadBlob,
  onUnread: (seq: number, why: string) => void = () => {},
): VersionTexts {
  /** The least recently used first. */
  const kept = new Map<string, VersionBlocks>();
  const reading = new Map<string, Promise<Uint8Array | undefined>>();
  let keptCharacters = 0;
  let expected: readonly PendingVersion[] = [];
  let next = 0;
  let ahead = READ_AHEAD;

  function keep(blob: string, blocks: VersionBlocks): void {
    kept.set(blob, blocks);
    keptCharacters += blocks.length;
    for (const [oldest, { length }] of kept) {
      if (keptCharacters <= KEPT_CHARACTERS || oldest === blob) break;
      kept.delete(oldest);
      keptCharacters -= length;
    }
  }

  function readAhead(): void {
    while (reading.size < ahead && next < expected.length) {
      const blob = expected[next++]?.blob;
      if (blob !== undefined && !kept.has(blob)) read(blob);
    }
  }

  function read(blob: string): Promise<Uint8Array | undefined> {
    const answer = reading.get(blob) ?? readBlob(blob);
    reading.set(blob, answer);
    // Whoever waits for it is told of a failure; nobody may be waiting yet.
    answer.catch(() => {});
    return answer;
  }

  /** The content; or why there is none, though the repository can be read. */
  async function contentOf(blob: string): Promise<Uint8Array | string> {
    try {
      return (await read(blob)) ?? `blob ${blob} is missing`;
    } catch {
      // A damaged object ends the git that reads for all. Alone, it is seen which one it was.
      await Promise.allSettled(reading.values());
      reading.clear();
      try {
        return (await readBlob(blob)) ?? `blob ${blob} is missing`;
      } catch (error) {
        // Where this fails as well, the repository is at fault, or its disk: no text is to be given up for that.
        await readBlob('HEAD');
        return error instanceof Error ? error.message : String(error);
      }
    }
  }

  return {
    expect(versions) {
      expected = versions;
      next = 0;
      reading.clear();
      readAhead();
    },
    async blocks({ seq, blob }) {
      const known = kept.get(blob);
      if (known) {
        kept.delete(blob);
        kept.set(blob, known);
        return known;
      }
      const content = await contentOf(blob);
      reading.delete(blob);
      if (typeof content === 'string') {
        readAhead();
        onUnread(seq, content);
        return undefined;
      }
      ahead = Math.min(READ_AHEAD, Math.max(1, Math.floor(READ_AHEAD_BYTES / content.length)));
      readAhead();
      const blocks = versionBlocks(new TextDecoder().decode(content));
      keep(blob, blocks);
      return blocks;
    },
  };
}
