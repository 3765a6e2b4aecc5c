import { joined } from './joined.ts';
import { placeOfLine, readLines } from './sorted-lines.ts';

/** A delta that cannot be one: cut off, or garbage. */
export class DeltaError extends Error {
  override name = 'DeltaError';
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();
const NEWLINE = 10;

interface Edit {
  readonly key: Uint8Array;
  /** The line that comes, with its newline; undefined: the line goes. */
  readonly line: Uint8Array | undefined;
}

/**
 * A sorted file with a delta applied (format: server/api/contract/extension.ts). Whether the result is the right one is
 * for its hash to say.
 *
 * @throws DeltaError where the delta is not whole lines, is not sorted, or has a line of another kind
 */
export function applyDelta(file: Uint8Array, delta: Uint8Array): Uint8Array {
  const edits = readEdits(delta);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { key, line } of edits) {
    const place = placeOfLine(file, key, from);
    parts.push(file.subarray(from, place.start));
    if (line) parts.push(line);
    from = place.end;
  }
  parts.push(file.subarray(from));
  return joined(parts);
}

function readEdits(delta: Uint8Array): Edit[] {
  if (delta.length > 0 && delta.at(-1) !== NEWLINE) throw new DeltaError('The delta was cut off.');
  const edits: Edit[] = [];
  for (const text of lines(delta)) {
    const [field = ''] = text.slice(1).split('\t', 1);
    const sign = text[0];
    if ((sign !== '+' && sign !== '-') || field === '') throw new DeltaError('The delta has a line of no known kind.');
    const key = encoder.encode(field);
    const former = edits.at(-1);
    if (former && compare(former.key, key) >= 0) throw new DeltaError('The delta is not sorted.');
    edits.push({ key, line: sign === '+' ? encoder.encode(`${text.slice(1)}\n`) : undefined });
  }
  return edits;
}

function* lines(delta: Uint8Array): Generator<string> {
  try {
    decoder.decode(delta);
  } catch (cause) {
    throw new DeltaError('The delta is not text.', { cause });
  }
  for (const fields of readLines(delta)) yield fields.join('\t');
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let place = 0; place < length; place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
