import { createContents, type ReadBlob } from '../contents.ts';
import type { PendingVersion } from './pending-versions.ts';
import { type VersionBlocks, versionBlocks } from './version-blocks.ts';

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
  options: {
    readonly assertReadable?: (() => Promise<unknown>) | undefined;
    readonly onUnread: (seq: number, why: string) => void;
  },
): VersionTexts {
  /** The least recently used first. */
  const kept = new Map<string, VersionBlocks>();
  const contents = createContents(readBlob, options.assertReadable);
  let keptCharacters = 0;

  function keep(blob: string, blocks: VersionBlocks): void {
    kept.set(blob, blocks);
    keptCharacters += blocks.length;
    for (const [oldest, { length }] of kept) {
      if (keptCharacters <= KEPT_CHARACTERS || oldest === blob) break;
      kept.delete(oldest);
      keptCharacters -= length;
    }
  }

  return {
    expect(versions) {
      contents.expect(
        versions.map(({ blob }) => blob),
        (blob) => kept.has(blob),
      );
    },
    async blocks({ seq, blob }) {
      const known = kept.get(blob);
      if (known) {
        kept.delete(blob);
        kept.set(blob, known);
        return known;
      }
      const content = await contents.read(blob);
      if (typeof content === 'string') {
        options.onUnread(seq, content);
        return undefined;
      }
      const blocks = versionBlocks(new TextDecoder().decode(content));
      keep(blob, blocks);
      return blocks;
    },
  };
}
