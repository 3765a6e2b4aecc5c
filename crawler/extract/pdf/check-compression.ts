import { constants, inflateRawSync } from 'node:zlib';
import { ExtractError } from '../extract-error.ts';

/** Bytes that all compressed streams of a PDF may take together when decompressed; images apart, which are never decoded. */
const MOST_BYTES = 200_000_000;
/** Streams compressed several times over are followed this deep. */
const DEEPEST = 3;
const marker = Buffer.from('stream');
const dictionaryStart = Buffer.from('<<');

/**
 * Refuses compression bombs before the reader sees them: it decompresses whole streams in memory, without limit. Every
 * Flate stream is tried; the text that follows a broken one is no concern here.
 *
 * @throws ExtractError `unreadable`
 */
export function checkCompression(bytes: Uint8Array, location: string): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = MOST_BYTES;
  for (let at = file.indexOf(marker); at >= 0; at = file.indexOf(marker, at + marker.length)) {
    const start = afterLineEnd(file, at + marker.length);
    if (start === undefined) continue;
    const size = inflatedSize(file.subarray(start), MOST_BYTES, 1);
    if (size === undefined) throw bomb(location);
    if (!isImage(file, at)) left -= size;
    if (left < 0) throw bomb(location);
  }
}

function afterLineEnd(file: Buffer, at: number): number | undefined {
  if (file[at] === 0x0d) return file[at + 1] === 0x0a ? at + 2 : at + 1;
  return file[at] === 0x0a ? at + 1 : undefined;
}

/** Bytes after decompression: 0 for what is not compressed so, undefined for more than `most`. */
function inflatedSize(stream: Buffer, most: number, depth: number): number | undefined {
  // The first two bytes of the format: method 8 in the low half, and both together a multiple of 31 (RFC 1950).
  const [method = 0, flags = 0] = stream;
  if ((method & 0x0f) !== 8 || (method * 256 + flags) % 31 !== 0) return 0;
  try {
    const inflated = inflateRawSync(stream.subarray(2), { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
    const deeper = depth < DEEPEST ? inflatedSize(inflated, most, depth + 1) : 0;
    return deeper === undefined ? undefined : inflated.byteLength + deeper;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : 0;
  }
}

function isImage(file: Buffer, streamAt: number): boolean {
  const dictionaryAt = file.lastIndexOf(dictionaryStart, streamAt);
  return /\/Subtype\s*\/Image/.test(
    file.subarray(Math.max(0, dictionaryAt), streamAt).toString('latin1').slice(0, 2_000),
  );
}

function bomb(location: string): ExtractError {
  return new ExtractError(
    'unreadable',
    `The PDF ${location} decompresses to more than ${MOST_BYTES} bytes, like a compression bomb. Declare another document.`,
  );
}
