import type { ReadableStream } from 'node:stream/web';
import { FetchError } from './fetch-error.ts';
import { isPdf } from './media-type.ts';

export interface BodyLimits {
  /** Bytes after decompression. */
  readonly maxHtmlBytes: number;
  readonly maxPdfBytes: number;
}

/** The cap for a body, by what its header or its first bytes say it is. */
const capOf = (essence: string, head: Uint8Array, { maxHtmlBytes, maxPdfBytes }: BodyLimits): number =>
  essence === 'application/pdf' || isPdf(head) ? maxPdfBytes : maxHtmlBytes;

/**
 * Reads a decoded body up to its cap. Counts while it streams: a header tells nothing of what a compressed body becomes.
 *
 * @throws FetchError `too-large`; whatever the stream throws.
 */
export async function readBody(
  location: string,
  essence: string,
  body: ReadableStream<Uint8Array> | null,
  limits: BodyLimits,
): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks, bytes);
      bytes += value.byteLength;
      chunks.push(value);
      const cap = capOf(essence, chunks[0] ?? value, limits);
      if (bytes > cap) throw tooLarge(location, cap);
    }
  } catch (error) {
    reader.cancel(error).catch(() => {});
    throw error;
  }
}

export const tooLarge = (location: string, cap: number): FetchError =>
  new FetchError(
    'too-large',
    `${location} is larger than ${cap} bytes once decoded; check that it is the document itself`,
  );
