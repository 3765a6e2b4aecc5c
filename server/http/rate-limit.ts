import type { Context, MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type AnswerError, answerError } from './answer-error.ts';
import { addAnswerHeaders } from './answer-headers.ts';
import { type ClientOf, compileAddresses } from './client.ts';
import { networkOf } from './network.ts';
import { REQUEST_COST, type RequestKind } from './request-kind.ts';

/** Seconds of one period. */
const PERIOD = 60;
/** Clients remembered at a time, about 300 bytes each. Beyond them, those not seen for longest are forgotten. */
const MAX_CLIENTS = 20_000;
/** Questions of a period for the state of the server that cost nothing: one every two seconds. */
const FREE_HEALTH = 30;

const isLoopback = compileAddresses(['loopback']);

/** Fields that tell a client of its budget. */
export const LIMIT_FIELDS = ['RateLimit-Policy', 'RateLimit'] as const;

/** What a request took off the budget of its client. */
export interface Spent {
  readonly isWithin: boolean;
  /** Header fields that tell how much is left. */
  readonly limits: Readonly<Record<(typeof LIMIT_FIELDS)[number], string>>;
  /** Until the next period. */
  readonly seconds: number;
}

export interface Budget {
  /** A request spends once, however often this is called with it. undefined: it costs nothing. */
  spend(c: Context, kind: RequestKind): Promise<Spent | undefined> | undefined;
}

/**
 * A budget of points a minute for each client: an IPv4 address, or the /64 of an IPv6 one, which is the least that one
 * subscriber has. What costs more work takes more points. Who watches the server is not refused because somebody at the
 * same address reads much: `/health` costs nothing up to a small number of its own, and from this machine never.
 *
 * @param points of a period; 0: no limit.
 */
export function createBudget(points: number, clientOf: ClientOf, maxClients = MAX_CLIENTS): Budget {
  if (points === 0) return { spend: () => undefined };
  const limiter = new RateLimiterMemory({ points, duration: PERIOD });
  const watching = new RateLimiterMemory({ points: FREE_HEALTH, duration: PERIOD });
  const forget = (key: string): void => {
    void limiter.delete(key);
    void watching.delete(key);
  };
  const seen = new LRUCache<string, true>({ max: maxClients, dispose: (_value, key) => forget(key) });
  const policy = `"client";q=${points};w=${PERIOD}`;
  const spent = new WeakMap<Request, Promise<Spent | undefined>>();

  async function take(key: string, isWatching: boolean, cost: number): Promise<Spent | undefined> {
    if (isWatching && (await consume(watching, key, 1)).isWithin) return undefined;
    const { isWithin, state } = await consume(limiter, key, cost);
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    const left = `"client";r=${Math.max(0, state.remainingPoints)};t=${seconds}`;
    return { isWithin, limits: { 'RateLimit-Policy': policy, RateLimit: left }, seconds };
  }

  return {
    spend(c, kind) {
      const before = spent.get(c.req.raw);
      if (before) return before;
      const { address, isForwardedUntrusted } = clientOf(c);
      if (address === undefined) return undefined;
      const isWatching = kind === 'health' || kind === 'metrics';
      // Handed on by a proxy of this machine that is not trusted: it is anybody's.
      if (isWatching && !isForwardedUntrusted && isLoopback(address)) return undefined;
      const key = networkOf(address);
      seen.set(key, true, { noDisposeOnSet: true });
      const taken = take(key, isWatching, REQUEST_COST[kind]);
      spent.set(c.req.raw, taken);
      return taken;
    },
  };
}

/**
 * Tells with `RateLimit` headers (draft-ietf-httpapi-ratelimit-headers) how much of its budget a client has left, and
 * answers 429 with `Retry-After` beyond.
 */
export const rateLimit = (budget: Budget, refuse: AnswerError = answerError): MiddlewareHandler =>
  async function rateLimit(c, next) {
    const spent = await budget.spend(c, c.get('requestKind'));
    if (!spent) return next();
    const { isWithin, limits, seconds } = spent;
    if (!isWithin) {
      const message = `Too many requests from your address; ask again in ${seconds} s.`;
      return refuse(c, 429, message, { ...limits, 'Retry-After': String(seconds) });
    }
    await next();
    addAnswerHeaders(c, limits);
    return undefined;
  };

async function consume(
  limiter: RateLimiterMemory,
  key: string,
  cost: number,
): Promise<{ isWithin: boolean; state: RateLimiterRes }> {
  try {
    return { isWithin: true, state: await limiter.consume(key, cost) };
  } catch (refused) {
    // The limiter rejects with its state where the budget is spent.
    if (refused instanceof RateLimiterRes) return { isWithin: false, state: refused };
    throw refused;
  }
}
