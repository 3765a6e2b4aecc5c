import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file in a zip. */
export interface ZipEntry {
  readonly path: string;
  readonly date: Date;
  /** Asked for once, shortly before its turn. */
  readonly content: () => Promise<Uint8Array>;
}

export interface WrittenZip {
  readonly size: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

export interface WriteZipOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after every part that is written how many bytes there are; what it throws ends the writing. */
  readonly onBytes?: ((size: number) => Promise<void>) | undefined;
}

/**
 * Entries added at once. The zip keeps their names until it ends, in small buffers cut from slabs of 64 KB that Node
 * shares among all: added one by one, between other buffers, each name would keep a slab (2.7 GB in the largest archive).
 */
const BATCH = 500;
/** Contents asked for while others are compressed. */
const READ_AHEAD = 4;

/** What the date of a file in a zip can be. */
const EARLIEST = Date.UTC(1980, 0, 2);
const LATEST = 2 ** 31 * 1000 - 1000;

/**
 * Writes a zip to a new file, entry by entry, so that memory does not grow with their contents. It is on the disk when
 * this resolves; where it throws, a half-written file may be left.
 */
export async function writeZip(
  file: string,
  entries: Iterable<ZipEntry>,
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
    const queue = new EntryQueue(zip);
    for (const entry of entries) if (queue.add(entry) === BATCH) await Promise.race([queue.emptied(), written]);
    zip.end();
    await written;
  } catch (error) {
    stop.abort(error);
    await written.catch(() => undefined);
    throw signal?.aborted ? signal.reason : stop.signal.reason;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Entries that wait for their turn. What the zip keeps of each is its name, and this queue. */
class EntryQueue {
  readonly #zip: ZipFile;
  readonly #waiting: ZipEntry[] = [];
  readonly #reading: Promise<Uint8Array>[] = [];
  #emptied: () => void = () => {};

  constructor(zip: ZipFile) {
    this.#zip = zip;
  }

  /** @returns how many wait. */
  add(entry: ZipEntry): number {
    // First, since the turn of an entry that nothing stands before comes while it is added.
    this.#waiting.push(entry);
    this.#zip.addReadStreamLazy(entry.path, { mtime: withinZip(entry.date) }, (give) => {
      this.#next().then(
        (content) => give(null, Readable.from([content], { objectMode: false })),
        (error: unknown) => give(error, Readable.from([])),
      );
    });
    return this.#waiting.length;
  }

  /** Resolves when the last entry's turn has come. */
  emptied(): Promise<void> {
    return new Promise((resolve) => {
      this.#emptied = resolve;
    });
  }

  /** Turns come in the order in which entries were added. */
  async #next(): Promise<Uint8Array> {
    while (this.#reading.length < READ_AHEAD && this.#waiting.length > 0) {
      const content = this.#waiting.shift()?.content() ?? Promise.resolve(new Uint8Array());
      // Whose turn it is hears of it; this one's may never come.
      content.catch(() => undefined);
      this.#reading.push(content);
    }
    if (this.#waiting.length === 0) this.#emptied();
    return (await this.#reading.shift()) ?? new Uint8Array();
  }
}

const withinZip = (date: Date): Date => new Date(Math.min(Math.max(date.getTime(), EARLIEST), LATEST));
