import type { Readable } from 'node:stream';
import { plainText } from './messages.ts';

/** Characters kept of what a child prints, for the cause of an error. */
const KEPT = 4_000;
/** Bytes that a child may print over its life. */
const MOST_BYTES = 8_000_000;

/** What a child printed: never passed on to our own output, where it could pose as ours. */
export interface CapturedOutput {
  readonly text: () => string;
}

/**
 * Reads what a child prints, keeps the beginning and the end of it.
 *
 * @param onFlood called once when it printed more than it may
 */
export function captureOutput(streams: readonly Readable[], onFlood: () => void): CapturedOutput {
  let start = '';
  let end = '';
  let bytes = 0;
  let flooded = false;
  for (const stream of streams) {
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) {
        if (!flooded) onFlood();
        flooded = true;
        return;
      }
      // A character has at most four bytes; cut before decoding so that a large chunk costs nothing.
      if (start.length < KEPT)
        start += chunk
          .subarray(0, KEPT * 4)
          .toString('utf8')
          .slice(0, KEPT - start.length);
      else end = (end + chunk.subarray(-KEPT).toString('utf8')).slice(-KEPT);
    });
  }
  return { text: () => plainText(end === '' ? start : `${start} … ${end}`, 2 * KEPT + 3) };
}
