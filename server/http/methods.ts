import type { MiddlewareHandler } from 'hono';
import { answerError } from './answer-error.ts';

export const ALLOWED_METHODS = ['GET', 'HEAD', 'OPTIONS'] as const;

const ALLOW = ALLOWED_METHODS.join(', ');

/** Everything here is read only: other methods get 405, at any address. OPTIONS is answered by `crossOrigin`. */
export const readOnlyMethods = (): MiddlewareHandler =>
  async function readOnlyMethods(c, next) {
    const { method } = c.req;
    if (method === 'GET' || method === 'HEAD') return next();
    return answerError(c, 405, `The method ${method} is not answered here; ${ALLOW} are.`, {
      Allow: ALLOW,
      // A body may follow that nobody is going to read.
      Connection: 'close',
    });
  };
