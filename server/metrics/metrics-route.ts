import { Hono } from 'hono';
import { type ClientOf, compileAddresses } from '../http/client.ts';
import { notFound } from '../http/errors.ts';
import type { Metrics } from './metrics.ts';

/**
 * `/metrics`, for Prometheus, and for nobody but the addresses that may ask. Where forwarded headers come from somebody
 * who is not trusted, the request was handed on from an unknown place: it is not taken for one of this machine.
 *
 * @param from addresses and ranges; none: nobody.
 */
export function createMetricsRoute(metrics: Metrics, from: readonly string[], clientOf: ClientOf): Hono {
  const mayAsk = compileAddresses(from);
  return new Hono().get('/metrics', async (c) => {
    const { address, isForwardedUntrusted } = clientOf(c);
    if (address === undefined || isForwardedUntrusted || !mayAsk(address)) return notFound(c);
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' });
  });
}
