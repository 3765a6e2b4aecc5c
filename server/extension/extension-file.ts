import { createHash } from 'node:crypto';
import type { ExtensionFile } from '../api/contract.ts';

/** One of the files that extensions download, named by the hash of its bytes. */
export interface BuiltFile extends ExtensionFile {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly type: 'text/plain; charset=utf-8' | 'application/json; charset=utf-8';
}

export function toFile(parts: readonly string[], type: BuiltFile['type']): BuiltFile {
  const content = new TextEncoder().encode(parts.join(''));
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { sha256, bytes: content.length, content, type };
}
