import type { ApiErrorCode, RequestFault } from './contract.ts';

/** What somebody named that is not here, for those who say it in their own words. */
export type MissingThing =
  | { readonly kind: 'collection'; readonly name: string }
  | { readonly kind: 'list'; readonly name: string }
  | { readonly kind: 'service'; readonly collection: string; readonly name: string }
  | { readonly kind: 'terms'; readonly collection: string; readonly name: string; readonly type: string }
  | { readonly kind: 'version'; readonly collection: string; readonly name: string };

/** Why a request cannot be answered, as it is told to the asker. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly next: string | undefined;
  readonly faults: readonly RequestFault[] | undefined;
  /** Of code `not-found`, where it is one of the things that have names. */
  readonly missing: MissingThing | undefined;
  /** Seconds after which asking again may help. */
  readonly retryAfter: number | undefined;

  constructor(code: ApiErrorCode, message: string, details: ApiErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.next = details.next;
    this.faults = details.faults;
    this.missing = details.missing;
    this.retryAfter = details.retryAfter;
  }
}

export interface ApiErrorDetails {
  readonly next?: string | undefined;
  readonly faults?: readonly RequestFault[] | undefined;
  readonly missing?: MissingThing | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** The status with which each code is answered. */
export const STATUS_OF: Readonly<Record<ApiErrorCode, 400 | 404 | 405 | 500 | 503>> = {
  'invalid-request': 400,
  'query-syntax': 400,
  'cursor-outdated': 400,
  'too-many-rows': 400,
  'too-large': 400,
  'not-found': 404,
  'method-not-allowed': 405,
  'index-unavailable': 503,
  'records-unavailable': 503,
  'too-expensive': 503,
  busy: 503,
  internal: 500,
};
