import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { LRUCache } from 'lru-cache';
import { type ClientOf, incomingOf, outgoingOf } from './client.ts';
import { chooseEncoding } from './compression.ts';
import { LIMIT_FIELDS } from './rate-limit.ts';
import type { RequestKind } from './request-kind.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** Set by a route whose answer may be given again; undefined where it is not whole. */
    standing: StandingAnswer | undefined;
  }
}

/** An answer (200) of a route that depends on nothing of the request but its address, and on nothing else but `stands`. */
export interface StandingAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the route would answer the same now. It may throw: then not. */
  readonly stands: () => boolean;
}

/** An answer as it was sent, with all header fields but those of the one client's budget. */
export interface KeptAnswer extends StandingAnswer {
  readonly kind: RequestKind;
}

/** Answers that were sent, for whoever asks the same while they stand: neither routed nor made again. */
export interface KeptAnswers {
  find(c: Context): KeptAnswer | undefined;
  /** Call when all has been done with an answer; one that no route called standing is left. */
  keep(c: Context): void;
}

const MAX_BYTES = 24_000_000;
/** Larger ones are sent more slowly than they are made, and one of them would push out hundreds of others. */
const MAX_ENTRY_BYTES = 1_000_000;
/** Header fields, key and the entry itself, about. */
const BYTES_BESIDE = 2_500;

/** Requests with one of these ask for something else than the whole answer, or have to be looked at first. */
const NEEDS_ROUTE: ReadonlySet<string> = new Set([
  ...['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'if-range', 'range'],
  ...['content-length', 'transfer-encoding', 'expect', 'upgrade'],
]);
const MAX_FIELDS = 50;

/** For requests over a socket; a cache for all collections, bounded by bytes. */
export function createKeptAnswers(clientOf: ClientOf): KeptAnswers {
  const cache = new LRUCache<string, KeptAnswer>({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ENTRY_BYTES,
    sizeCalculation: ({ bytes }) => bytes.length + BYTES_BESIDE,
  });

  /** By what an answer differs: address as it was sent, compression, and whether it tells to stay with HTTPS. */
  function keyOf(c: Context): string | undefined {
    const incoming = incomingOf(c);
    if (!incoming || !isPlain(incoming)) return undefined;
    const { isSecure, isForwardedUntrusted } = clientOf(c);
    // Somebody has to be warned of that.
    if (isForwardedUntrusted) return undefined;
    return `${chooseEncoding(incoming.headers['accept-encoding'])} ${isSecure} ${incoming.url}`;
  }

  return {
    find(c) {
      const key = keyOf(c);
      const found = key === undefined ? undefined : cache.get(key);
      if (key === undefined || !found) return undefined;
      if (isStanding(found)) return found;
      cache.delete(key);
      return undefined;
    },
    keep(c) {
      const standing = c.get('standing');
      const outgoing = outgoingOf(c);
      if (!standing || !outgoing || c.res.status !== 200) return;
      const key = keyOf(c);
      if (key === undefined) return;
      const headers: Record<string, string> = {};
      for (const fields of [outgoing.getHeaders(), standing.headers]) {
        for (const [name, value] of Object.entries(fields)) headers[name.toLowerCase()] = String(value);
      }
      for (const name of LIMIT_FIELDS) delete headers[name.toLowerCase()];
      cache.set(key, { ...standing, headers, kind: c.get('requestKind') });
    },
  };
}

function isPlain({ method, rawHeaders }: IncomingMessage): boolean {
  if (method !== 'GET' || rawHeaders.length > 2 * MAX_FIELDS) return false;
  let hosts = 0;
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = (rawHeaders[place] ?? '').toLowerCase();
    if (NEEDS_ROUTE.has(name)) return false;
    if (name === 'host') hosts++;
  }
  return hosts <= 1;
}

function isStanding({ stands }: StandingAnswer): boolean {
  try {
    return stands();
  } catch {
    // An index that cannot be read just now; the route says so.
    return false;
  }
}
