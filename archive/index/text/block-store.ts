import type { DatabaseSync } from 'node:sqlite';
import { plainText } from '../../changes/blocks/plain-text.ts';
import { hasUnspacedScript } from '../../changes/blocks/unspaced-scripts.ts';
import { blockHash } from './block-hash.ts';
import { indexedWords } from './indexed-words.ts';

interface NewBlock {
  readonly id: number;
  readonly hash: Buffer;
  readonly text: string;
  readonly markdown: string | null;
}

/** The distinct blocks of all versions. New ones wait in memory until {@link BlockStore.write}. */
export interface BlockStore {
  /** The block's id, of a new one too. */
  idOf(markdown: string, hash?: Buffer): number;
  /** Characters that wait to be written. */
  readonly waiting: number;
  /** Writes what waits, with its entries for the search; to be called in a transaction. */
  write(): void;
}

export function createBlockStore(database: DatabaseSync): BlockStore {
  const find = database.prepare('SELECT id FROM block WHERE hash = ?');
  const insert = database.prepare('INSERT INTO block (id, hash, text, markdown) VALUES (?, ?, ?, ?)');
  const insertWords = database.prepare('INSERT INTO block_words (rowid, text) VALUES (?, ?)');
  const insertTrigrams = database.prepare('INSERT INTO block_trigrams (rowid, text) VALUES (?, ?)');
  const highest = database.prepare('SELECT ifnull(max(id), 0) AS id FROM block').get();
  let lastId = Number(highest?.id);
  let waiting = 0;
  const blocks = new Map<string, NewBlock>();

  return {
    get waiting() {
      return waiting;
    },
    idOf(markdown, hash = blockHash(markdown)) {
      const key = hash.toString('latin1');
      const known = blocks.get(key)?.id ?? find.get(hash)?.id;
      if (known !== undefined) return Number(known);
      lastId++;
      const text = plainText(markdown);
      // Parts of a version's text keep the whole of it in memory; copies do not.
      const block = { id: lastId, hash, text: copyOf(text), markdown: text === markdown ? null : copyOf(markdown) };
      blocks.set(key, block);
      waiting += text.length + (block.markdown?.length ?? 0);
      return lastId;
    },
    write() {
      for (const { id, hash, text, markdown } of blocks.values()) {
        insert.run(id, hash, text, markdown);
        insertWords.run(id, indexedWords(text));
        if (hasUnspacedScript(text)) insertTrigrams.run(id, text);
      }
      blocks.clear();
      waiting = 0;
    },
  };
}

const copyOf = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
