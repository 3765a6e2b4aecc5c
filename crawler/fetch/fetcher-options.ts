import type { Resolve } from './guard.ts';

/** Everything a fetcher can be told; what is absent has the default of `defaultLimits`. Times in milliseconds. */
export interface FetcherOptions {
  /** Honest, with a contact. The browser appends it to its own. */
  readonly userAgent: string;
  /** Comma-separated language tags, the preferred first; quality factors are accepted and stripped. */
  readonly language: string;
  readonly plainConcurrency?: number | undefined;
  readonly browserConcurrency?: number | undefined;
  /** Between the end of one request to a host and the beginning of the next. */
  readonly hostPause?: number | undefined;
  /** For one document, without the time it waits for its turn. */
  readonly totalTimeout?: number | undefined;
  /** For one request, and for the browser's `load` event. */
  readonly requestTimeout?: number | undefined;
  /** Without a byte. */
  readonly idleTimeout?: number | undefined;
  /** For the elements that `select` names to appear in the browser. */
  readonly selectTimeout?: number | undefined;
  /** Longest `Retry-After` that is waited for. */
  readonly longestRetryAfter?: number | undefined;
  readonly maxHtmlBytes?: number | undefined;
  readonly maxPdfBytes?: number | undefined;
  /** `127.0.0.1`, `127.0.0.1:8080`, `[::1]:80`: may be dialled although they are not public. */
  readonly allowAddresses?: readonly string[] | undefined;
  /** Obey robots.txt. */
  readonly robots?: boolean | undefined;
  readonly browserExecutable?: string | undefined;
  readonly browserArguments?: readonly string[] | undefined;
  /** PEM; trusted by the plain fetcher besides the usual ones. */
  readonly certificateAuthority?: string | undefined;
  readonly resolve?: Resolve | undefined;
  readonly clock?: (() => Date) | undefined;
  /** Told what the operator should know, each text once. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

export const defaultLimits = {
  plainConcurrency: 8,
  browserConcurrency: 3,
  hostPause: 1_000,
  totalTimeout: 60_000,
  requestTimeout: 30_000,
  idleTimeout: 20_000,
  selectTimeout: 10_000,
  longestRetryAfter: 120_000,
  maxHtmlBytes: 20_000_000,
  maxPdfBytes: 50_000_000,
} as const;

export type Limits = { readonly [Name in keyof typeof defaultLimits]: number };

/** The limits in force. */
export function limitsOf(options: Partial<Record<keyof Limits, number | undefined>>): Limits {
  const given = Object.entries(options).filter(([name, value]) => name in defaultLimits && value !== undefined);
  return { ...defaultLimits, ...Object.fromEntries(given) };
}
