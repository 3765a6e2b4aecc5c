const NEWLINE = 10;
const TAB = 9;
const decoder = new TextDecoder();

/**
 * How much of a file is stored, and read, at once. Chromium writes values from 64 KB on into files of their own
 * (`IDBValueWrapper` in its source), which are slower to read.
 */
export const PART_BYTES = 32_768;

/**
 * A file of lines in parts of whole lines.
 *
 * @param partBytes how large a part is at least; the last one may be smaller
 * @returns each with bytes of its own, so that it is stored without the others
 */
export function partsOf(bytes: Uint8Array, partBytes: number): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = start + partBytes >= bytes.length ? -1 : bytes.indexOf(NEWLINE, start + partBytes - 1);
    const end = newline === -1 ? bytes.length : newline + 1;
    parts.push(bytes.slice(start, end));
    start = end;
  }
  return parts;
}

/** The first field of its first line. */
export function firstField(part: Uint8Array): string {
  const end = part.findIndex((byte) => byte === TAB || byte === NEWLINE);
  return decoder.decode(part.subarray(0, end === -1 ? part.length : end));
}

/** The place of the part that has the line of a key, if any has: the last one that does not begin behind it. */
export function partOf(starts: readonly string[], key: string): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? '') <= key) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
