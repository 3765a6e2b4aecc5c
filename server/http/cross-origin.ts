import type { MiddlewareHandler } from 'hono';
import { addAnswerHeaders } from './answer-headers.ts';
import { ALLOWED_METHODS } from './methods.ts';

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
].join(', ');

const READABLE = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED };

const PREFLIGHT = {
  Allow: ALLOWED_METHODS.join(', '),
  'Access-Control-Allow-Methods': ALLOWED_METHODS.join(', '),
  'Access-Control-Allow-Headers':
    'If-None-Match, If-Modified-Since, If-Match, If-Unmodified-Since, If-Range, Range, Accept',
  'Access-Control-Max-Age': '86400',
};

/**
 * Scripts of any site may read what is public here. No credentials: there are none. Answers every OPTIONS, also those
 * that no browser asks.
 *
 * Not hono's own middleware: that one sets headers before there is an answer, and hono then copies the answer into another,
 * body and all, which takes longer than making most of ours.
 */
export const crossOrigin = (): MiddlewareHandler =>
  async function crossOrigin(c, next) {
    if (c.req.method === 'OPTIONS') {
      return c.body(null, 204, { ...PREFLIGHT, 'Access-Control-Allow-Origin': '*' });
    }
    await next();
    addAnswerHeaders(c, READABLE);
    return undefined;
  };
