import { createHash } from 'node:crypto';
import type { Pause } from '../../archive/pause.ts';
import type { ExtensionFile } from '../api/contract.ts';

/** One of the files that extensions download, named by the hash of its bytes. */
export interface BuiltFile extends ExtensionFile {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly type: 'text/plain; charset=utf-8' | 'application/json; charset=utf-8';
}

/** Bytes that are hashed at once. */
const PIECE = 1_000_000;

/**
 * The parts, one after the other, in UTF-8. Each is written where it ends up: the whole file as one text beside its bytes would
 * be tens of megabytes more.
 */
export async function toFile(parts: readonly string[], type: BuiltFile['type'], pause: Pause): Promise<BuiltFile> {
  let bytes = 0;
  for (const part of parts) {
    await pause();
    bytes += Buffer.byteLength(part);
  }
  const content = new Uint8Array(bytes);
  const written = Buffer.from(content.buffer);
  let end = 0;
  for (const part of parts) {
    await pause();
    end += written.write(part, end);
  }
  const hash = createHash('sha256');
  for (let start = 0; start < bytes; start += PIECE) {
    await pause();
    hash.update(content.subarray(start, start + PIECE));
  }
  return { sha256: hash.digest('hex'), bytes, content, type };
}
