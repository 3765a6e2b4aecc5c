const NEWLINE = 10;
const TAB = 9;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Where a line stands: from its first byte until the first one of the next line. Both are the same where it would stand. */
export interface LinePlace {
  readonly start: number;
  readonly end: number;
}

/**
 * The place of the line whose first field is `key`, in bytes of UTF-8 lines sorted by that field, each ended by a newline:
 * a binary search, so that a file of 100,000 lines is neither read as text nor taken apart.
 *
 * @param from where a line begins that does not sort behind it
 */
export function placeOfLine(bytes: Uint8Array, key: Uint8Array, from = 0): LinePlace {
  let low = from;
  let high = bytes.length;
  while (low < high) {
    const start = lineStart(bytes, (low + high) >>> 1, low);
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const order = compareField(bytes, start, end, key);
    if (order === 0) return { start, end };
    if (order < 0) low = end;
    else high = start;
  }
  return { start: low, end: low };
}

/** @returns the fields behind the first of the line with that key; undefined where no line has it */
export function findLine(bytes: Uint8Array, key: string): readonly string[] | undefined {
  const { start, end } = placeOfLine(bytes, encoder.encode(key));
  return start === end ? undefined : fieldsOf(bytes, start, end).slice(1);
}

/** All lines' fields, in order. */
export function* readLines(bytes: Uint8Array): Generator<readonly string[]> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    yield fieldsOf(bytes, start, end);
    start = end;
  }
}

function fieldsOf(bytes: Uint8Array, start: number, end: number): readonly string[] {
  const isEnded = bytes[end - 1] === NEWLINE;
  return decoder.decode(bytes.subarray(start, isEnded ? end - 1 : end)).split('\t');
}

function lineStart(bytes: Uint8Array, place: number, from: number): number {
  let start = place;
  while (start > from && bytes[start - 1] !== NEWLINE) start--;
  return start;
}

/** Below 0: the line's first field sorts before `wanted`; above 0: behind it. By bytes, which is by code points. */
function compareField(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): number {
  for (let place = 0; ; place++) {
    const at = start + place;
    const isOver = at >= end || bytes[at] === TAB || bytes[at] === NEWLINE;
    if (isOver || place >= wanted.length) return isOver ? (place >= wanted.length ? 0 : -1) : 1;
    const difference = (bytes[at] ?? 0) - (wanted[place] ?? 0);
    if (difference !== 0) return difference;
  }
}
