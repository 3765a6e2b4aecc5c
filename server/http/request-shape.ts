import type { Context, MiddlewareHandler } from 'hono';
import { type AnswerError, answerError } from './answer-error.ts';
import { incomingOf } from './client.ts';

/** Characters of the request target. The longest that is of use, a list with many filters, has a few hundred. */
const MAX_TARGET = 8000;
/** Of a search: a passage of 4,000 characters has nine for each, `%E6%94%B9`, in most scripts but the Latin one. */
const MAX_SEARCH_TARGET = 40_000;
const MAX_HEADERS = 100;

/**
 * Refuses requests that nobody needs and that make trouble further in: targets that are too long, bodies, paths with
 * segments that climb, broken percent encodings (overlong UTF-8 is one), NUL and other control characters.
 */
export const requestShape = (refuse: AnswerError = answerError): MiddlewareHandler =>
  async function requestShape(c, next) {
    const incoming = incomingOf(c);
    // As it was sent: the parsed address has lost its `..`.
    const target = incoming?.url ?? c.req.url.slice(new URL(c.req.url).origin.length);
    const most = ['search', 'export'].includes(c.get('requestKind')) ? MAX_SEARCH_TARGET : MAX_TARGET;
    if (target.length > most) return refuse(c, 414, `Addresses of more than ${most} characters are not read.`);
    if (incoming && incoming.rawHeaders.length > 2 * MAX_HEADERS) {
      return refuse(c, 431, `More than ${MAX_HEADERS} header fields are not read.`);
    }
    if (incoming && hostsOf(incoming.rawHeaders) > 1) return refuse(c, 400, 'More than one host is named.');
    if (hasBody(c)) return refuse(c, 413, 'No bodies are accepted here.', { Connection: 'close' });
    const fault = faultOf(target);
    if (fault !== undefined) return refuse(c, 400, fault);
    return next();
  };

/** Node takes the first of several and says nothing; a proxy in front may have taken another (RFC 9112, 3.2). */
const hostsOf = (rawHeaders: readonly string[]): number =>
  rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'host').length;

const hasBody = (c: Context): boolean =>
  c.req.header('transfer-encoding') !== undefined || !/^0*$/.test(c.req.header('content-length') ?? '');

/** What is wrong with a request target; undefined where nothing is. */
export function faultOf(target: string): string | undefined {
  const [path = '', ...rest] = target.split('?');
  let segments: string[];
  let query: string;
  try {
    segments = path.split('/').map(decodeURIComponent);
    query = decodeURIComponent(rest.join('?'));
  } catch {
    return 'The address holds a percent encoding that is not UTF-8.';
  }
  if (path.includes('\\')) return 'The path holds a backslash.';
  if (segments.some((segment) => segment === '.' || segment === '..'))
    return 'The path holds “.” or “..” as a segment.';
  if (segments.some((segment) => /\p{Cc}/u.test(segment))) return 'The path holds a control character.';
  if (query.includes('\0')) return 'The query holds the character NUL.';
  return undefined;
}
