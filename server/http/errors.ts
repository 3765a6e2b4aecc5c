import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { ArchiveError } from '../../archive/git/archive-error.ts';
import { IndexUnavailableError, QuerySyntaxError } from '../../archive/index/index-error.ts';
import { RECORDS_UNAVAILABLE, tellUnavailable } from '../api/tell-unavailable.ts';
import type { ServerDeps } from '../deps.ts';
import { type AnswerError, answerError } from './answer-error.ts';
import { TimeBudgetError } from './time-budget.ts';

/** Seconds after which a reader whom the index could not answer yet may ask again. */
const INDEX_RETRY = '5';
/** The same for a repository, which somebody has to put right. */
const REPOSITORY_RETRY = '60';

/**
 * The one place where the server's errors are caught: they are noted with their cause, and answered without internals.
 *
 * @param answer with a page where people ask
 */
export function createErrorHandler(log: ServerDeps['log'], answer: AnswerError = answerError): ErrorHandler {
  return (error, c) => {
    if (error instanceof IndexUnavailableError) {
      return answer(c, 503, tellUnavailable(error), { 'Retry-After': INDEX_RETRY });
    }
    if (error instanceof TimeBudgetError) {
      log.warn({ path: c.req.path.slice(0, 200) }, error.message);
      return answer(c, 503, 'This took too long and was given up.', { 'Retry-After': '10' }, 'too-expensive');
    }
    if (error instanceof QuerySyntaxError) return answer(c, 400, error.message);
    if (error instanceof HTTPException && error.status < 500) return refusal(c, error);
    const isRepository = error instanceof ArchiveError;
    log.error({ err: error, method: c.req.method, path: c.req.path.slice(0, 200) }, 'a request could not be answered');
    if (isRepository) {
      return answer(c, 503, RECORDS_UNAVAILABLE, { 'Retry-After': REPOSITORY_RETRY }, 'records-unavailable');
    }
    return answer(c, 500, 'Something went wrong on this server. It has been noted there.');
  };
}

/** A refusal that a router made its own answer for keeps it. */
function refusal(c: Context, error: HTTPException): Response {
  if (error.res) return error.getResponse();
  const status = error.status as 400;
  return answerError(c, status, error.message || 'This request cannot be answered.');
}

export const notFound: NotFoundHandler = (c) => answerError(c, 404, 'There is nothing at this address.');
