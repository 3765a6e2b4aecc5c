import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file in a zip. */
export interface ZipEntry {
  readonly path: string;
  readonly content: Uint8Array;
  readonly date: Date;
}

export interface WrittenZip {
  readonly size: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

export interface WriteZipOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told about every part that is written, in bytes; what it throws ends the writing. */
  readonly onBytes?: ((size: number) => Promise<void>) | undefined;
}

/** What the date of a file in a zip can be. */
const EARLIEST = Date.UTC(1980, 0, 2);
const LATEST = 2 ** 31 * 1000 - 1000;

/**
 * Writes a zip to a new file, entry by entry: one is compressed while the next one is being fetched, so memory does not
 * grow with their number. It is on the disk when this resolves; where it throws, a half-written file may be left.
 */
export async function writeZip(
  file: string,
  entries: AsyncIterable<ZipEntry>,
  { signal, onBytes }: WriteZipOptions = {},
): Promise<WrittenZip> {
  const zip = new ZipFile();
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      if (onBytes) onBytes(size).then(() => done(null, chunk), done);
      else done(null, chunk);
    },
  });
  const stop = new AbortController();
  zip.on('error', (error) => stop.abort(error));
  const written = pipeline(zip.outputStream, counted, createWriteStream(file, { flags: 'wx', flush: true }), {
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
  });
  try {
    for await (const entry of entries) await Promise.race([add(zip, entry), written]);
    zip.end();
    await written;
  } catch (error) {
    stop.abort(error);
    await written.catch(() => undefined);
    throw signal?.aborted ? signal.reason : stop.signal.reason;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Resolves when all entries before are written and this one is being compressed. */
function add(zip: ZipFile, { path, content, date }: ZipEntry): Promise<void> {
  // The zip keeps the function that gives the content until it ends: it must not keep all contents with it.
  const waiting = [content];
  return new Promise((resolve) => {
    zip.addReadStreamLazy(path, { mtime: withinZip(date), size: content.byteLength }, (give) => {
      give(null, Readable.from(waiting.splice(0), { objectMode: false }));
      resolve();
    });
  });
}

const withinZip = (date: Date): Date => new Date(Math.min(Math.max(date.getTime(), EARLIEST), LATEST));
