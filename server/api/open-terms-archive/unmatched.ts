import { type Context, Hono } from 'hono';
import { answerError } from './answer-json.ts';

/** Words of routes, which count in any case (as in OTA, whose router does not tell cases apart); values do. */
const FIRST_WORDS = [
  'collections',
  'docs',
  'metadata',
  'services',
  'service',
  'versions',
  'version',
  'tracking-results',
  'tracking-result',
  'dataset',
  'feed',
];
const LATER_WORDS: Readonly<Record<string, readonly string[]>> = {
  'tracking-results': ['run'],
  dataset: ['latest', 'download'],
  version: ['latest'],
};

/**
 * What no route has answered is tried once more as OTA's router would read it: without a slash at the end, the words of
 * routes in any case. Add it last.
 */
export function addUnmatchedRoute(app: Hono): void {
  // The routes so far once more, which have nobody around them to answer what they throw: it goes to the server's handler.
  const again = new Hono().route('/', app).notFound(noSuchRoute);
  again.onError((error) => {
    throw error;
  });
  app.get('*', (c) => {
    const sent = segmentsBelow(c);
    const read = asRoute(sent);
    if (read.length === sent.length && read.join('/') === sent.join('/')) return noSuchRoute(c);
    const url = new URL(c.req.url);
    url.pathname = `/${read.join('/')}`;
    return again.fetch(new Request(url, { headers: c.req.raw.headers, method: c.req.method }), c.env);
  });
}

const noSuchRoute = (c: Context): Response => answerError(c, 404, 'There is no such route in this API.');

/** Segments of the path, still encoded, below the place where the API is mounted. */
function segmentsBelow(c: Context): string[] {
  const mount = c.req.routePath.split('/').length - 2;
  return new URL(c.req.url).pathname.split('/').slice(1 + mount);
}

function asRoute(sent: readonly string[]): string[] {
  const segments = sent.at(-1) === '' ? sent.slice(0, -1) : [...sent];
  const word = segments[0]?.toLowerCase() ?? '';
  if (!FIRST_WORDS.includes(word)) return segments;
  const later = LATER_WORDS[word] ?? [];
  return segments.map((segment, place) => {
    if (place === 0) return word;
    // Of a version only the last of three values can be a word.
    const isWord = later.includes(segment.toLowerCase()) && (word !== 'version' || place === 3);
    return isWord ? segment.toLowerCase() : segment;
  });
}
