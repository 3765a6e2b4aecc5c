import type { MiddlewareHandler } from 'hono';
import type { ServerDeps } from '../deps.ts';
import type { ClientOf } from './client.ts';

/** Says once that a proxy seems to stand in front that is not trusted: all readers behind it count as one client. */
export function forwardedWarning(log: ServerDeps['log'], clientOf: ClientOf): MiddlewareHandler {
  let isTold = false;
  return async function forwardedWarning(c, next) {
    if (!isTold && clientOf(c).isForwardedUntrusted) {
      isTold = true;
      log.warn(
        { address: clientOf(c).address },
        'forwarded headers come from an address that is not trusted and are not looked at; if it is your proxy, name it with --trust-proxy',
      );
    }
    return next();
  };
}
