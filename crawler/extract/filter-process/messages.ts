import type { ExtractErrorReason } from '../extract-error.ts';
import type { ExtractRequest } from '../extract-request.ts';

/** An HTML document to extract with filter functions. */
export interface FilterRequest extends Omit<ExtractRequest, 'content' | 'mimeType'> {
  readonly content: string;
  /** Its `declarations/` and `node_modules/` are all of its files that filter functions can read. */
  readonly collectionDirectory: string;
}

/** The request as it is sent to the child. */
export interface ChildRequest extends Omit<FilterRequest, 'date'> {
  /** Milliseconds since 1970. */
  readonly date?: number | undefined;
  readonly canFetch: boolean;
}

/** Why the child could not extract. */
export interface ChildFailure {
  readonly reason: ExtractErrorReason;
  readonly message: string;
}

/** What a filter function asks the parent to fetch. */
export interface ChildFetch {
  /** Number of the call within the request. */
  readonly call: number;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string | undefined;
}

/** The parent's answer. */
export type ChildFetched =
  | {
      readonly call: number;
      readonly url: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Base64. */
      readonly body: string;
    }
  | { readonly call: number; readonly error: string };

const reasons: Record<ExtractErrorReason, true> = { 'no-match': true, empty: true, unreadable: true };
const LONGEST_MESSAGE = 2_000;

/**
 * Reads what the child says went wrong. The child may be hostile: nothing of the shape is believed.
 *
 * @throws Error when it is no such message
 */
export function readFailure(payload: Uint8Array): ChildFailure {
  const { reason, message } = readObject(payload);
  if (typeof reason !== 'string' || !Object.hasOwn(reasons, reason) || typeof message !== 'string') {
    throw new Error('a failure without reason or message');
  }
  return { reason: reason as ExtractErrorReason, message: plainText(message, LONGEST_MESSAGE) };
}

/**
 * Reads what the child wants fetched.
 *
 * @throws Error when it is no such message
 */
export function readFetch(payload: Uint8Array): ChildFetch {
  const { call, url, method, headers, body } = readObject(payload);
  const isText = (value: unknown): value is string => typeof value === 'string';
  if (
    typeof call !== 'number' ||
    !isText(url) ||
    !isText(method) ||
    typeof headers !== 'object' ||
    headers === null ||
    !Object.values(headers).every(isText) ||
    !(body === undefined || isText(body))
  ) {
    throw new Error('a fetch of the wrong shape');
  }
  return { call, url, method, headers: { ...headers } as Record<string, string>, body };
}

/** Text of a stranger for a message of ours: no control characters (which could move a terminal's cursor), not too long. */
export function plainText(text: string, longest: number): string {
  const cleaned = text.slice(0, longest).replace(/\p{Cc}+/gu, ' ');
  return text.length > longest ? `${cleaned}…` : cleaned;
}

function readObject(payload: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new Error('a message that is no object');
  return value as Record<string, unknown>;
}
