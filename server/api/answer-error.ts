import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { ArchiveError } from '../../archive/git/archive-error.ts';
import { IndexUnavailableError, QuerySyntaxError } from '../../archive/index/index-error.ts';
import type { ServerDeps } from '../deps.ts';
import { QueriesBusyError, QueryTooExpensiveError, TextTooLargeError } from '../queries/query-error.ts';
import { ApiError, STATUS_OF } from './api-error.ts';
import type { ApiErrorBody } from './contract.ts';
import { RECORDS_UNAVAILABLE, tellUnavailable } from './tell-unavailable.ts';

const WHILE_BUILDING = 10;
const WHILE_BUSY = 2;
const WHILE_REPAIRED = 60;

/** Answers what a route threw, in the one shape of the API's errors. What nobody expected is logged and told as 500. */
export function answerError(thrown: unknown, c: Context, log: ServerDeps['log']): Response {
  const error = toApiError(thrown);
  if (error.code === 'internal' || error.code === 'records-unavailable')
    log.error({ err: thrown, path: c.req.path }, 'A question to the API failed');
  const body: ApiErrorBody = {
    error: {
      code: error.code,
      message: error.message,
      ...(error.next !== undefined && { next: error.next }),
      ...(error.faults !== undefined && { faults: error.faults }),
    },
  };
  c.header('Cache-Control', 'no-store');
  if (error.retryAfter !== undefined) c.header('Retry-After', String(error.retryAfter));
  if (error.code === 'method-not-allowed') c.header('Allow', 'GET, HEAD');
  return c.json(body, STATUS_OF[error.code]);
}

/** What a thrown error is to the asker; what nobody expected is of code `internal`. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const cause = { cause: thrown };
  if (thrown instanceof IndexUnavailableError) {
    const next = 'Ask again in a few seconds.';
    return new ApiError('index-unavailable', tellUnavailable(thrown), { next, retryAfter: WHILE_BUILDING, ...cause });
  }
  if (thrown instanceof ArchiveError) {
    const next = 'Ask again later; the operator finds the reason in the log.';
    return new ApiError('records-unavailable', RECORDS_UNAVAILABLE, { next, retryAfter: WHILE_REPAIRED, ...cause });
  }
  if (thrown instanceof QuerySyntaxError) return new ApiError('query-syntax', message, cause);
  if (thrown instanceof QueryTooExpensiveError) return new ApiError('too-expensive', message, cause);
  if (thrown instanceof TextTooLargeError) return new ApiError('too-large', message, cause);
  if (thrown instanceof QueriesBusyError) {
    return new ApiError('busy', message, { next: 'Ask again shortly.', retryAfter: WHILE_BUSY, ...cause });
  }
  if (thrown instanceof HTTPException && thrown.status < 500) return new ApiError('invalid-request', message, cause);
  return new ApiError('internal', 'This could not be answered, through a fault of the server.', {
    next: 'Ask again later; the operator finds the reason in the log.',
    ...cause,
  });
}
