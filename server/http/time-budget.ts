import type { MiddlewareHandler } from 'hono';

/** Answering took longer than a request may take. */
export class TimeBudgetError extends Error {
  override readonly name = 'TimeBudgetError';
}

/**
 * Gives up on answers that are not begun within `milliseconds`. What the work itself holds (threads, git) has limits of
 * its own; this one makes sure that the client hears something.
 */
export const timeBudget = (milliseconds: number): MiddlewareHandler =>
  async function timeBudget(_c, next) {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new TimeBudgetError(`No answer within ${milliseconds} ms.`)), milliseconds);
    });
    try {
      await Promise.race([next(), over]);
    } finally {
      clearTimeout(timer);
    }
  };
