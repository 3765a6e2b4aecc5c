import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { ALLOWED_METHODS } from './methods.ts';

/**
 * Scripts of any site may read what is public here. No credentials: there are none. Answers every OPTIONS, also those
 * that no browser asks.
 */
export function crossOrigin(): MiddlewareHandler {
  const answer = cors({
    origin: '*',
    allowMethods: [...ALLOWED_METHODS],
    allowHeaders: ['If-None-Match', 'If-Modified-Since', 'Range', 'Accept'],
    exposeHeaders: EXPOSED,
    maxAge: 86_400,
  });
  return async function crossOrigin(c, next) {
    const preflight = await answer(c, next);
    preflight?.headers.set('Allow', ALLOWED_METHODS.join(', '));
    return preflight;
  };
}

const EXPOSED = [
  'ETag',
  'Last-Modified',
  'Content-Length',
  'Content-Range',
  'Accept-Ranges',
  'Content-Disposition',
  'Link',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
];
