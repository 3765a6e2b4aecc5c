import type { ChildFetch, ChildFetched } from './messages.ts';
import { plainText } from './messages.ts';

/**
 * Fetches for filter functions. Whoever gives it answers for the guard: every address, also of redirects, is checked when it
 * is dialled, and the body is capped.
 */
export type GuardedFetch = (
  url: string,
  init: {
    readonly method: 'GET' | 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array | undefined;
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}>;

/** Fetches that the filter functions of one document may ask for. */
const MOST_FETCHES = 20;
/** Bytes of all answers together that one document's filter functions may get. */
const MOST_BYTES = 20_000_000;
/** What a body sent in another encoding or a connection kept by the caller would mean nothing to. */
const droppedHeaders = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'set-cookie']);

/** Answers the fetches of one document's filter functions within limits on their number and size. */
export function fetchesOfOneDocument(
  guardedFetch: GuardedFetch | undefined,
  signal: AbortSignal,
): (fetch: ChildFetch) => Promise<ChildFetched> {
  let fetches = 0;
  let bytes = 0;

  async function answer({ url, method, headers, body }: ChildFetch): Promise<Omit<ChildFetched, 'call'>> {
    if (guardedFetch === undefined) throw new Error('this program was started without network for filter functions');
    if (method !== 'GET' && method !== 'POST') throw new Error(`the method ${plainText(method, 20)} is not allowed`);
    if (!/^https?:$/.test(new URL(url).protocol)) throw new Error('only http and https addresses are allowed');
    fetches += 1;
    if (fetches > MOST_FETCHES) throw new Error(`more than ${MOST_FETCHES} fetches for one document`);
    const sent = body === undefined ? undefined : Buffer.from(body, 'base64');
    const response = await guardedFetch(url, { method, headers, body: sent, signal });
    bytes += response.body.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes fetched for one document`);
    const kept = Object.entries(response.headers).filter(([name]) => !droppedHeaders.has(name.toLowerCase()));
    return {
      url,
      status: response.status,
      headers: Object.fromEntries(kept),
      body: Buffer.from(response.body).toString('base64'),
    };
  }

  return async (fetch) => {
    try {
      return { ...(await answer(fetch)), call: fetch.call } as ChildFetched;
    } catch (error) {
      return { call: fetch.call, error: plainText(error instanceof Error ? error.message : String(error), 500) };
    }
  };
}
