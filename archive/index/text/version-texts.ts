import type { PendingVersion } from './pending-versions.ts';
import { type VersionBlocks, versionBlocks } from './version-blocks.ts';

/** Reads a blob by its id; undefined where the repository has none. */
export type ReadBlob = (id: string) => Promise<Uint8Array | undefined>;

/** Texts asked for before they are needed, so that git and we work at the same time. */
const READ_AHEAD = 12;
/** Characters of texts whose blocks are kept: two fifths of all versions return to the text of a recent one. */
const KEPT_CHARACTERS = 6_000_000;

/** The blocks of versions, each distinct text read and split once as long as it is kept. */
export interface VersionTexts {
  blocks(version: { readonly seq: number; readonly blob: string }): Promise<VersionBlocks>;
  /** Tells what will be asked for, in that order. */
  expect(versions: readonly PendingVersion[]): void;
}

export function createVersionTexts(readBlob: ReadBlob): VersionTexts {
  /** The least recently used first. */
  const kept = new Map<string, VersionBlocks>();
  const reading = new Map<string, Promise<Uint8Array | undefined>>();
  let keptCharacters = 0;
  let expected: readonly PendingVersion[] = [];
  let next = 0;

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
    while (reading.size < READ_AHEAD && next < expected.length) {
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
      const content = await read(blob);
      reading.delete(blob);
      readAhead();
      if (!content) {
        throw new Error(
          `The text of the version at place ${seq} (blob ${blob}) is missing from its repository. ` +
            'Check the repository with "git fsck", or fetch it again.',
        );
      }
      const blocks = versionBlocks(new TextDecoder().decode(content));
      keep(blob, blocks);
      return blocks;
    },
  };
}
