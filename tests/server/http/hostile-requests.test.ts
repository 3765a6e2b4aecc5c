import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../../../server/http/listen.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { appOfTest } from './app-of-test.ts';

const HOST = 'Host: localhost';
const get = (target: string, ...headers: string[]): string =>
  `GET ${target} HTTP/1.1\r\n${[HOST, ...headers].join('\r\n')}\r\nConnection: close\r\n\r\n`;
const send = (method: string, ...rest: string[]): string =>
  `${method} / HTTP/1.1\r\n${[HOST, ...rest].join('\r\n')}\r\n\r\n`;
const many = (count: number, line: (place: number) => string): string[] =>
  Array.from({ length: count }, (_, place) => line(place));

/** What is sent, and the statuses that may come back; `closed`: the connection ends without an answer. */
type Hostile = readonly [
  name: string,
  bytes: string | Uint8Array | readonly string[],
  allowed: readonly (number | 'closed')[],
];
const HOSTILE: readonly Hostile[] = [
  // Paths.
  ['path that climbs', get('/../../etc/passwd'), [400]],
  ['path that climbs at its end', get('/api/..'), [400]],
  ['path that stays', get('/./health'), [400]],
  ['encoded climb', get('/%2e%2e/%2e%2e/etc/passwd'), [400]],
  ['half-encoded climb', get('/.%2e/x'), [400]],
  ['climb with encoded slash', get('/..%2f..%2fetc%2fpasswd'), [404]],
  ['doubly encoded climb', get('/%252e%252e/%252e%252e/etc/passwd'), [404]],
  ['overlong UTF-8 dot', get('/%c0%ae%c0%ae/etc/passwd'), [400]],
  ['overlong UTF-8 slash', get('/..%c0%af..%c0%afetc'), [400]],
  ['UTF-16 surrogate', get('/%ed%a0%80'), [400]],
  ['NUL, encoded', get('/v1/version/%00'), [400]],
  ['NUL after a name', get('/v1/service/Larkmail%00.json'), [400]],
  ['NUL in the query', get('/?q=%00'), [400]],
  ['line break in the path', get('/v1/%0d%0aSet-Cookie:%20a=b'), [400]],
  ['escape character in the path', get('/%1b[31m'), [400]],
  ['percent alone', get('/%'), [400]],
  ['percent with one digit', get('/%4'), [400]],
  ['percent with letters', get('/%zz'), [400]],
  ['percent in the query', get('/?q=%zz'), [400]],
  ['invalid UTF-8 in the query', get('/?q=%ff'), [400]],
  ['backslash', get('/\\..\\windows'), [400]],
  ['encoded backslash', get('/%5c..%5cwindows'), [404]],
  ['two slashes', get('//evil.example/x'), [404]],
  ['three slashes', get('///'), [404]],
  ['option-like', get('/v1/version/--upload-pack=x'), [404]],
  ['script in the path', get('/<script>alert(1)</script>'), [400, 404]],
  ['script, encoded', get('/%3Cscript%3Ealert(1)%3C%2Fscript%3E'), [404]],
  ['raw UTF-8', Buffer.from(get('/v1/service/Löwe'), 'utf8'), [400, 404]],
  ['raw bytes that are no UTF-8', get('/\xff\xfe'), [400, 404]],
  ['prototype', get('/__proto__/constructor'), [404]],
  ['a path of 9,000 characters', get(`/${'a'.repeat(9000)}`), [414]],
  ['a search of 20,000 characters', get(`/en/search?x=${'%41'.repeat(6_600)}`), [200]],
  ['a path of 60,000 characters', get(`/${'a'.repeat(60_000)}`), [431, 414, 'closed']],
  ['2,000 segments', get('/a'.repeat(2000)), [404]],
  ['3,000 parameters', get(`/nothing?${'a=1&'.repeat(1900)}`), [404]],
  ['a fragment', get('/nothing#fragment'), [400, 404]],
  // Targets.
  ['absolute target of another host', get('http://evil.example/nothing'), [404]],
  ['absolute target that is no address', get('http://[::bad/'), [400]],
  ['absolute target of another scheme', get('ftp://evil.example/'), [400]],
  ['a name as target', get('health'), [400]],
  ['empty target', 'GET  HTTP/1.1\r\nHost: localhost\r\n\r\n', [400]],
  ['CONNECT', 'CONNECT internal.example:443 HTTP/1.1\r\nHost: internal.example:443\r\n\r\n', [400, 405, 'closed']],
  ['asterisk', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', [400, 404]],
  // Hosts.
  ['no host', 'GET / HTTP/1.1\r\n\r\n', [400]],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n\r\n', [400]],
  ['host with a path', 'GET / HTTP/1.1\r\nHost: a.example/x\r\n\r\n', [400]],
  ['host with a name and password', 'GET / HTTP/1.1\r\nHost: me:pw@a.example\r\n\r\n', [400]],
  ['host with spaces', 'GET / HTTP/1.1\r\nHost: a example\r\n\r\n', [400]],
  ['host with a script', 'GET / HTTP/1.1\r\nHost: <script>\r\n\r\n', [400]],
  // Methods.
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'PURGE', 'QUERY', 'LINK'].map(
    (method): Hostile => [`method ${method}`, send(method, 'Connection: close'), [405]],
  ),
  ['a method nobody knows', send('BREW'), [400]],
  ['a method in small letters', send('get'), [400]],
  ['a method of 5,000 letters', send('A'.repeat(5000)), [400]],
  ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['TLS', Buffer.from('160301020001000001fc0303', 'hex'), [400, 'closed']],
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', [400]],
  ['no protocol', 'GET /\r\n\r\n', [400]],
  ['HTTP/9.9', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n', [400]],
  // Header fields.
  ['a field of 64 KB', get('/nothing', `X-Large: ${'a'.repeat(65_536)}`), [431]],
  ['20,000 fields', get('/nothing', ...many(20_000, (place) => `X-${place}: 1`)), [431, 'closed']],
  ['300 fields', get('/nothing', ...many(300, (place) => `X-${place}: 1`)), [431]],
  ['NUL in a field', get('/nothing', 'X-A: a\0b'), [400]],
  ['a field name with a space', get('/nothing', 'X A: b'), [400]],
  ['space before the colon', get('/nothing', 'X-A : b'), [400]],
  ['a folded field', get('/nothing', 'X-A: a', ' folded'), [400]],
  ['a bare carriage return', get('/nothing', 'X-A: a\rX-B: b'), [400]],
  ['a field without a colon', get('/nothing', 'nonsense'), [400]],
  ['a hundred ranges', get('/nothing', `Range: bytes=${many(100, (place) => `${place}-${place}`).join(',')}`), [404]],
  ['quoted nonsense to accept', get('/nothing', `Accept: ${'a/b;q=0.1,'.repeat(1000)}`), [404]],
  ['encodings without end', get('/nothing', `Accept-Encoding: ${'gzip;q=1,'.repeat(1500)}`), [404]],
  ['a validator without end', get('/nothing', `If-None-Match: ${'"a",'.repeat(3000)}`), [404]],
  ['a date that is none', get('/nothing', 'If-Modified-Since: yesterday'), [404]],
  ['__proto__ as a field', get('/nothing', '__proto__: 1', 'constructor: 2'), [404]],
  ['an upgrade', get('/nothing', 'Upgrade: websocket', 'Sec-WebSocket-Key: x'), [404]],
  ['an expectation nobody meets', get('/nothing', 'Expect: miracles'), [417]],
  // Bodies and smuggling.
  ['a body on GET', `${get('/nothing', 'Content-Length: 4')}body`, [413]],
  ['a chunked body on GET', `${get('/nothing', 'Transfer-Encoding: chunked')}4\r\nbody\r\n0\r\n\r\n`, [413]],
  ['a POST of a gigabyte that is not sent', send('POST', 'Content-Length: 1073741824'), [405]],
  ['two lengths', get('/nothing', 'Content-Length: 0', 'Content-Length: 4'), [400]],
  [
    'length and chunks',
    `${send('POST', 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\nGET /health HTTP/1.1\r\n\r\n`,
    [400],
  ],
  ['chunks, hidden', send('POST', 'Transfer-Encoding: xchunked'), [400, 405]],
  ['chunks twice', send('POST', 'Transfer-Encoding: chunked, identity'), [400, 405]],
  ['a negative length', send('POST', 'Content-Length: -1'), [400]],
  ['a length with a sign', send('POST', 'Content-Length: +4'), [400]],
  ['a length beyond all numbers', send('POST', `Content-Length: ${'9'.repeat(40)}`), [400]],
  ['a chunk size that is none', `${send('POST', 'Transfer-Encoding: chunked')}zz\r\nbody\r\n0\r\n\r\n`, [400, 405]],
  [
    'an endless chunk extension',
    `${send('POST', 'Transfer-Encoding: chunked')}1;${'a'.repeat(30_000)}\r\n`,
    [400, 405, 413],
  ],
  ['line feeds alone', 'GET /nothing HTTP/1.1\nHost: localhost\n\n', [400, 404]],
  ['a request inside a field', get('/nothing', 'X-A: a\r\n\r\nGET /health HTTP/1.1'), [400, 404]],
  ['fields, byte by byte', [...get('/nothing')], [404]],
  ['zeroes', Buffer.alloc(10_000), [400, 'closed']],
  ['noise', Buffer.from(Array.from({ length: 5000 }, (_, place) => (place * 7919) % 256)), [400, 'closed']],
];

describe('hostile requests over a socket', () => {
  let server: Listening;
  beforeAll(async () => {
    const { app } = appOfTest({ settings: { rateLimit: 0 } });
    server = await listen(app, { host: '127.0.0.1', port: 0, trustedProxies: [] });
  });
  afterAll(() => server.close(100));

  test.each(HOSTILE)('%s', async (_name, bytes, allowed) => {
    const { status } = await rawRequest(server.port, bytes);
    expect(allowed).toContain(status ?? 'closed');
    const after = await fetch(`http://127.0.0.1:${server.port}/health`);
    expect(after.status).toBe(200);
  });

  test('there are at least sixty of them', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(60));

  test('what follows a refused body is not taken for a request', async () => {
    const smuggled = `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 60\r\n\r\nGET /health HTTP/1.1\r\n${HOST}\r\n\r\n`;
    const { text } = await rawRequest(server.port, smuggled, { quiet: 1200 });
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 405']);
  });

  test('a hundred hostile requests at once, and again', async () => {
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(HOSTILE.map(([, bytes]) => rawRequest(server.port, bytes)));
      expect(answers.filter(({ status }) => status !== undefined && status >= 500)).toEqual([]);
    }
  });
});
