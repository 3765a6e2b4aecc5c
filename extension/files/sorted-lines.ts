const NEWLINE = 10;
const TAB = 9;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * The line whose first field is `key`, in bytes of UTF-8 lines sorted by that field, each ended by a newline: a binary
 * search, so that a file of 100,000 lines is neither read as text nor taken apart.
 *
 * @returns the fields behind the first; undefined where no line has it
 */
export function findLine(bytes: Uint8Array, key: string): readonly string[] | undefined {
  const wanted = encoder.encode(key);
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const start = lineStart(bytes, (low + high) >>> 1, low);
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const order = compareField(bytes, start, end, wanted);
    if (order === 0) return decoder.decode(bytes.subarray(start, end)).split('\t').slice(1);
    if (order < 0) low = end + 1;
    else high = start;
  }
  return undefined;
}

/** Where the line begins that holds `place`; not before `from`, where one begins. */
function lineStart(bytes: Uint8Array, place: number, from: number): number {
  let start = place;
  while (start > from && bytes[start - 1] !== NEWLINE) start--;
  return start;
}

/** Below 0: the line's first field sorts before `wanted`; above 0: behind it. By bytes, which is by code points. */
function compareField(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): number {
  for (let place = 0; ; place++) {
    const at = start + place;
    const isOver = at >= end || bytes[at] === TAB;
    if (isOver || place >= wanted.length) return isOver ? (place >= wanted.length ? 0 : -1) : 1;
    const difference = (bytes[at] ?? 0) - (wanted[place] ?? 0);
    if (difference !== 0) return difference;
  }
}

/** All lines' fields, in order. */
export function* readLines(bytes: Uint8Array): Generator<readonly string[]> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    yield decoder.decode(bytes.subarray(start, end)).split('\t');
    start = end + 1;
  }
}
