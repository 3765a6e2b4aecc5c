import { fetch } from 'undici';
import { FetchError } from './fetch-error.ts';
import type { Guard } from './guard.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import { parseLocation, redirectTarget } from './location.ts';
import { toFetchError } from './network-faults.ts';

export interface GuardedRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GuardedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Fetches whatever it is, for what is no source document: robots.txt, and what filter functions ask for. */
export interface GuardedFetcher {
  /** @throws FetchError; the reason of an abort. */
  fetch(location: string, request?: GuardedRequest): Promise<GuardedAnswer>;
  close(): Promise<void>;
}

const MOST_REDIRECTS = 5;

/**
 * @param maxBytes after decompression; a longer body is a `too-large` fault, or cut where `cut` says so
 * @param timeout milliseconds for everything, redirects included
 */
export function createGuardedFetcher(
  guard: Guard,
  settings: {
    readonly userAgent: string;
    readonly maxBytes: number;
    readonly timeout: number;
    readonly cut?: boolean;
    readonly certificateAuthority?: string | undefined;
  },
): GuardedFetcher {
  const { userAgent, maxBytes, timeout, cut = false, certificateAuthority } = settings;
  const agent = createGuardedAgent(guard, { idleTimeout: timeout, certificateAuthority });

  async function fetchFollowing(
    location: string,
    request: GuardedRequest,
    signal: AbortSignal,
  ): Promise<GuardedAnswer> {
    let url = parseLocation(location);
    let method = request.method ?? 'GET';
    for (let redirects = 0; ; redirects++) {
      const sent = method === 'POST' && request.body ? { body: Buffer.from(request.body) } : {};
      const headers = { 'user-agent': userAgent, ...request.headers };
      const response = await fetch(url, { dispatcher: agent, redirect: 'manual', method, signal, headers, ...sent });
      const target = redirectTarget(response.status, response.headers.get('location'), url);
      if (!target) {
        const chunks: Uint8Array[] = [];
        let bytes = 0;
        for await (const chunk of response.body ?? []) {
          chunks.push(chunk);
          bytes += chunk.byteLength;
          if (bytes <= maxBytes) continue;
          if (cut) break;
          throw new FetchError('too-large', `${location} is larger than ${maxBytes} bytes once decoded`);
        }
        const body = Buffer.concat(chunks).subarray(0, maxBytes);
        return { status: response.status, headers: Object.fromEntries(response.headers), body };
      }
      await response.body?.cancel();
      if (redirects >= MOST_REDIRECTS) {
        throw new FetchError('server', `${location} redirects more than ${MOST_REDIRECTS} times`);
      }
      url = target;
      if (response.status === 303) method = 'GET';
    }
  }

  return {
    async fetch(location, request = {}) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), timeout);
      try {
        const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
        return await fetchFollowing(location, request, signal);
      } catch (error) {
        request.signal?.throwIfAborted();
        if (stop.signal.aborted) {
          throw new FetchError('timeout', `${location} did not answer completely in ${Math.round(timeout / 1000)} s`);
        }
        throw toFetchError(error, location);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}
