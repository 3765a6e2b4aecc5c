import type { Pause } from '../../archive/pause.ts';
import { byText, sorted } from './sorted.ts';

const NEWLINE = 10;
const TAB = 9;

interface Line {
  readonly key: string;
  /** With its newline. */
  readonly bytes: Buffer;
}

/** First fields of the lines that came, went or changed, in order. Both files are lines sorted by an ASCII first field. */
export async function changedKeys(from: Uint8Array, to: Uint8Array, pause: Pause): Promise<string[]> {
  const changed: string[] = [];
  const former = lines(from);
  const current = lines(to);
  let a = former.next();
  let b = current.next();
  while (!a.done || !b.done) {
    await pause();
    const order = a.done ? 1 : b.done ? -1 : byText(a.value.key, b.value.key);
    if (order < 0 && !a.done) changed.push(a.value.key);
    else if (order > 0 && !b.done) changed.push(b.value.key);
    else if (!a.done && !b.done && !a.value.bytes.equals(b.value.bytes)) changed.push(a.value.key);
    if (order <= 0) a = former.next();
    if (order >= 0) b = current.next();
  }
  return changed;
}

/**
 * What makes a former file this one, in the format of a delta (server/api/contract/extension.ts).
 *
 * @param keys first fields of all lines that may differ
 */
export async function deltaTo(file: Uint8Array, keys: ReadonlySet<string>, pause: Pause): Promise<string> {
  const wanted = await sorted([...keys], byText, pause);
  const parts: string[] = [];
  const current = lines(file);
  let line = current.next();
  for (const key of wanted) {
    while (!line.done && byText(line.value.key, key) < 0) {
      await pause();
      line = current.next();
    }
    parts.push(!line.done && line.value.key === key ? `+${line.value.bytes.toString('utf8')}` : `-${key}\n`);
  }
  return parts.join('');
}

function* lines(file: Uint8Array): Generator<Line, undefined> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, start) + 1 || bytes.length;
    const tab = bytes.indexOf(TAB, start);
    const keyEnd = tab === -1 || tab >= end ? end - 1 : tab;
    yield { key: bytes.toString('latin1', start, keyEnd), bytes: bytes.subarray(start, end) };
    start = end;
  }
}
