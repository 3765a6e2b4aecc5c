import { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliCompress,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  constants as zlib,
  zstdCompress,
} from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/compress';
import { parseAccept } from 'hono/utils/accept';
import { addAnswerHeaders } from './answer-headers.ts';

type Encoding = 'zstd' | 'br' | 'gzip';

/** Less than this fits a network packet or two anyway. */
const LEAST_BYTES = 1024;

/** A window of 256 KB finds as much in a text as one of 4 MB, and takes a tenth of its memory. */
const brotli = { params: { [zlib.BROTLI_PARAM_QUALITY]: 4, [zlib.BROTLI_PARAM_LGWIN]: 18 } };

interface Compressor {
  readonly whole: (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>;
  readonly stream: () => Duplex;
}

/** In our order of preference, at their levels for answers made on the fly; all run in Node's thread pool. */
const COMPRESSORS: Readonly<Record<Encoding, Compressor>> = {
  zstd: { whole: promisify(zstdCompress), stream: () => createZstdCompress() },
  br: {
    whole: (bytes) => promisify(brotliCompress)(bytes, brotli),
    stream: () => createBrotliCompress(brotli),
  },
  gzip: { whole: (bytes) => promisify(gzip)(bytes), stream: () => createGzip() },
};

/**
 * Compresses text as the client accepts. The compressed form has other bytes than the ETag was made for, which becomes a
 * weak one (`W/"…"`), and caches are told what the answer varies by.
 */
export const compression = (): MiddlewareHandler =>
  async function compression(c, next) {
    await next();
    const encoding = chooseEncoding(c.req.header('accept-encoding'));
    if (!encoding && !c.req.header('if-none-match')) {
      // Nothing of the answer has to be looked at. Where a route varies by something itself, its field stands instead:
      // what is not compressed is fit for everybody.
      addAnswerHeaders(c, { Vary: 'Accept-Encoding' });
      return;
    }
    const { headers, status } = c.res;
    if (status === 304) {
      // What the answer that is confirmed varies by stands in the confirmation too (RFC 9110, 15.4.5).
      addVary(headers);
      return weakenLikeAsked(c);
    }
    if (status === 206 || status === 204 || headers.has('Content-Encoding') || !isText(headers)) return;
    addVary(headers);
    // What may be given again is what is sent, and a stream is not there to be given.
    const standing = c.get('standing');
    c.set('standing', undefined);
    if (!encoding || Number(headers.get('Content-Length') ?? LEAST_BYTES) < LEAST_BYTES || !c.res.body) return;
    const body = await compressed(c.res.body, COMPRESSORS[encoding]);
    const answer = new Response(body.content, c.res);
    if (body.isCompressed) {
      answer.headers.set('Content-Encoding', encoding);
      answer.headers.delete('Content-Length');
      weaken(answer.headers);
    }
    if (standing && body.content instanceof Uint8Array) {
      c.set('standing', { ...standing, bytes: body.content, headers: Object.fromEntries(answer.headers) });
    }
    c.res = undefined;
    c.res = answer;
  };

/** The best of ours that the client takes; undefined: none. */
export function chooseEncoding(header: string | undefined): Encoding | undefined {
  if (!header) return undefined;
  const accepted = parseAccept(header);
  const quality = (name: string): number =>
    (accepted.find(({ type }) => type.toLowerCase() === name) ?? accepted.find(({ type }) => type === '*'))?.q ?? 0;
  const order = Object.keys(COMPRESSORS) as Encoding[];
  const best = Math.max(...order.map(quality));
  return best > 0 && best >= quality('identity') ? order.find((name) => quality(name) === best) : undefined;
}

/** Short bodies stay as they are, bodies that are there at once are compressed in one go, others as they come. */
async function compressed(
  body: ReadableStream<Uint8Array>,
  { whole, stream }: Compressor,
): Promise<{ content: Uint8Array<ArrayBuffer> | ReadableStream | null; isCompressed: boolean }> {
  const reader = body.getReader();
  const first = await reader.read();
  if (first.done) return { content: null, isCompressed: false };
  const second = await reader.read();
  if (second.done) {
    if (first.value.byteLength < LEAST_BYTES) return { content: new Uint8Array(first.value), isCompressed: false };
    return { content: await whole(first.value), isCompressed: true };
  }
  const rest = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(new Uint8Array(first.value));
      controller.enqueue(new Uint8Array(second.value));
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const transform = Duplex.toWeb(stream()) as unknown as TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>;
  return { content: rest.pipeThrough(transform), isCompressed: true };
}

function isText(headers: Headers): boolean {
  const type = headers.get('Content-Type');
  return (
    type !== null &&
    COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) &&
    !/\bno-transform\b/i.test(headers.get('Cache-Control') ?? '')
  );
}

function addVary(headers: Headers): void {
  const vary = headers.get('Vary');
  if (vary === '*' || /\baccept-encoding\b/i.test(vary ?? '')) return;
  headers.set('Vary', vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding');
}

function weaken(headers: Headers): void {
  const etag = headers.get('ETag');
  if (etag && !etag.startsWith('W/')) headers.set('ETag', `W/${etag}`);
}

/** A cache finds what a 304 confirms by its validator: who asked with the weak form is told the weak form. */
function weakenLikeAsked(c: Context): void {
  const etag = c.res.headers.get('ETag');
  if (etag && c.req.header('if-none-match')?.includes(`W/${etag}`)) weaken(c.res.headers);
}
