import { constants, createGzip } from 'node:zlib';

/** Gzipped HTML that grows to `megabytes` when it is decompressed: about a thousandth of that is sent. */
export async function gzipBomb(megabytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: constants.Z_BEST_COMPRESSION });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => gzip.once('end', resolve));
  const megabyte = Buffer.alloc(1_000_000, ' ');
  gzip.write('<!doctype html><p>');
  for (let written = 0; written < megabytes; written++) {
    if (!gzip.write(megabyte)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await ended;
  return Buffer.concat(chunks);
}
