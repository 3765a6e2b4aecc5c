import { lstatSync, rmdirSync } from 'node:fs';
import { removeIndex } from '../open-index.ts';

/**
 * Removes an index and the files that SQLite keeps beside it. No connection may write to it any more: SQLite removes
 * those files by name when the last writing connection closes, which would then hit the new index's
 * (https://www.sqlite.org/howtocorrupt.html, 2.4). Connections that read go on with what they have open.
 *
 * A folder in its place is removed only where it is empty: what is in it is somebody's.
 *
 * @throws Error with the code of the operating system.
 */
export function discardIndex(indexFile: string): void {
  if (lstatSync(indexFile, { throwIfNoEntry: false })?.isDirectory()) {
    try {
      rmdirSync(indexFile);
    } catch (cause) {
      throw Object.assign(
        new Error(`${indexFile} is a folder that is not empty; move it away, and the index is made there`, { cause }),
        { code: 'EISDIR' },
      );
    }
  }
  removeIndex(indexFile);
}
