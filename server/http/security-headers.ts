import type { MiddlewareHandler } from 'hono';
import { addAnswerHeaders } from './answer-headers.ts';
import type { ClientOf } from './client.ts';

/** Nothing but what this server itself sends is loaded or run, no script stands in a document, nobody frames it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  ...['script', 'style', 'img', 'font', 'connect', 'manifest'].map((kind) => `${kind}-src 'self'`),
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PLAIN = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  // What is read here is public; other sites may show it.
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Half a year, this host alone: who runs the server may have other hosts below it. */
const SECURE = { ...PLAIN, 'Strict-Transport-Security': 'max-age=15552000' };

/** The same in every answer; a router may be stricter for what it answers. */
export const securityHeaders = (clientOf: ClientOf): MiddlewareHandler =>
  async function securityHeaders(c, next) {
    await next();
    addAnswerHeaders(c, clientOf(c).isSecure ? SECURE : PLAIN);
  };
