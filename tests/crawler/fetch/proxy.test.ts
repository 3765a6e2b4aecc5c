import { once } from 'node:events';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createGuard } from '../../../crawler/fetch/guard.ts';
import { type DocumentProxy, startProxy } from '../../../crawler/fetch/proxy.ts';
import { type LocalSite, respond, startSite } from '../../helpers/local-site.ts';

let site: LocalSite;
/** Listens as `site` does, but on an address that nobody allowed. */
let inside: LocalSite;

beforeAll(async () => {
  site = await startSite({
    '/': 'terms',
    '/echo': (incoming, response) => {
      response.writeHead(200, { 'x-method': incoming.method ?? '' });
      void buffer(incoming).then((body) => response.end(JSON.stringify(incoming.headers) + body.toString()));
    },
    '/large': respond(200, {}, 'x'.repeat(50_000)),
    '/silent': () => {},
    '/cut': (incoming) => incoming.socket.destroy(),
  });
  inside = await startSite({ '/': 'inside' }, { host: '127.0.0.2' });
});
afterAll(async () => {
  await site.close();
  await inside.close();
});

async function openProxy(limits: { maxBytes?: number; idleTimeout?: number } = {}): Promise<DocumentProxy> {
  const guard = createGuard([site.address], async () => [{ address: '127.0.0.1', family: 4 }]);
  const proxy = await startProxy(guard.dial, { maxBytes: 1_000_000, idleTimeout: 5_000, ...limits });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** What comes back for these bytes until the proxy ends the connection; or, where it does not, until this is seen. */
async function send(
  proxy: DocumentProxy,
  text: string,
  isEnough: (answer: string) => boolean = () => false,
): Promise<{ answer: string; isCut: boolean }> {
  const socket = connect(Number(new URL(proxy.origin).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => {});
  const closed = new Promise<true>((resolve) => socket.once('close', () => resolve(true)));
  socket.write(text);
  const enough = (async () => {
    for (let waited = 0; waited < 20_000 && !isEnough(answer); waited += 20) await sleep(20);
    return false;
  })();
  const isCut = await Promise.race([closed, enough]);
  return { answer, isCut };
}

const get = (host: string, path = '/'): string => `GET http://${host}${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

async function tunnel(proxy: DocumentProxy, authority: string): Promise<Socket> {
  const connecting = request({ ...hostAndPort(proxy), method: 'CONNECT', path: authority });
  onTestFinished(() => void connecting.destroy());
  connecting.end();
  const [, socket] = (await once(connecting, 'connect')) as [unknown, Socket];
  onTestFinished(() => void socket.destroy());
  return socket;
}
const hostAndPort = (proxy: DocumentProxy) => ({ host: '127.0.0.1', port: new URL(proxy.origin).port });

describe('absolute form', () => {
  test('is forwarded with method and body, without the headers of the connection', async () => {
    const proxy = await openProxy();
    const forwarded = request({
      ...hostAndPort(proxy),
      method: 'POST',
      path: `http://terms.test:${site.port}/echo`,
      headers: { host: `terms.test:${site.port}`, 'x-own': 'kept', 'proxy-authorization': 'dropped', te: 'trailers' },
    });
    forwarded.end('body');
    const [response] = await once(forwarded, 'response');
    const text = (await buffer(response)).toString();
    expect(response.headers['x-method']).toBe('POST');
    expect(text).toContain('"x-own":"kept"');
    expect(text).toMatch(/body$/);
    expect(text).not.toMatch(/proxy-authorization|"te"/);
  });

  test('another port, another host, another protocol: cut without an answer', async () => {
    const proxy = await openProxy();
    const before = inside.connections;
    for (const location of [
      get(`127.0.0.1:${inside.port}`),
      get(`127.0.0.2:${inside.port}`),
      get('10.0.0.1'),
      get('169.254.169.254', '/latest/meta-data/'),
      `GET ftp://127.0.0.1:${site.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET https://127.0.0.1:${site.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
    ]) {
      expect(await send(proxy, location)).toEqual({ answer: '', isCut: true });
    }
    expect(inside.connections).toBe(before);
    expect(proxy.faultOf(`127.0.0.2:${inside.port}`)).toMatchObject({ reason: 'forbidden-address' });
    expect(proxy.faultOf('10.0.0.1')).toMatchObject({ reason: 'forbidden-address' });
    expect(proxy.faultOf(site.address)).toBeUndefined();
  });

  test('a connection that the service cuts is a fault of its host', async () => {
    const proxy = await openProxy();
    expect(await send(proxy, get(site.address, '/cut'))).toEqual({ answer: '', isCut: true });
    expect(proxy.faultOf(site.address)).toMatchObject({ reason: 'network' });
  });
});

test.each([
  ['origin form', 'GET / HTTP/1.1\r\nHost: HERE\r\n\r\n'],
  ['asterisk form', 'OPTIONS * HTTP/1.1\r\nHost: HERE\r\n\r\n'],
  ['upgrade in origin form', 'GET / HTTP/1.1\r\nHost: HERE\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['CONNECT without a port', 'CONNECT HERE-HOST HTTP/1.1\r\nHost: HERE\r\n\r\n'],
  ['CONNECT to a location', 'CONNECT http://HERE/ HTTP/1.1\r\nHost: HERE\r\n\r\n'],
  ['not HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n'],
])('%s: cut, nothing dialled', async (_name, text) => {
  const proxy = await openProxy();
  const before = site.connections;
  const sent = text.replaceAll('HERE-HOST', '127.0.0.1').replaceAll('HERE', site.address);
  expect(await send(proxy, sent)).toEqual({ answer: '', isCut: true });
  expect(site.connections).toBe(before);
});

describe('CONNECT', () => {
  test('carries bytes both ways, also those sent along with it', async () => {
    const proxy = await openProxy();
    const { answer } = await send(
      proxy,
      `CONNECT terms.test:${site.port} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK.*terms/s);
  });

  test('carries an upgraded connection', async () => {
    const server = createHttpServer();
    server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.pipe(socket);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const proxy = await startProxy(createGuard([`127.0.0.1:${port}`]).dial, { maxBytes: 10_000, idleTimeout: 5_000 });
    onTestFinished(() => proxy.close());
    const socket = await tunnel(proxy, `127.0.0.1:${port}`);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    await expect.poll(() => answer).toContain('101 Switching');
    socket.write('hello');
    await expect.poll(() => answer).toMatch(/hello$/);
  });

  test.each(['127.0.0.2', '10.0.0.1', '169.254.169.254', '[::1]', '0x7f.2', '2130706434'])(
    '%s is not dialled',
    async (host) => {
      const proxy = await openProxy();
      const before = inside.connections;
      const authority = `${host}:${inside.port}`;
      expect(await send(proxy, `CONNECT ${authority} HTTP/1.1\r\n\r\n`)).toEqual({ answer: '', isCut: true });
      expect(proxy.faultOf(authority)).toMatchObject({ reason: 'forbidden-address' });
      expect(inside.connections).toBe(before);
    },
  );

  test('a fault at the usual port is found with and without it, as locations are written', async () => {
    const proxy = await openProxy();
    await send(proxy, 'CONNECT 10.0.0.1:443 HTTP/1.1\r\n\r\n');
    expect(proxy.faultOf('10.0.0.1')).toMatchObject({ reason: 'forbidden-address' });
    expect(proxy.faultOf('10.0.0.1:443')).toMatchObject({ reason: 'forbidden-address' });
  });
});

describe('limits', () => {
  test('the cap counts all connections of the document together', async () => {
    const proxy = await openProxy({ maxBytes: 120_000 });
    for (let visit = 0; visit < 2; visit++) {
      const isLarge = (answer: string): boolean => answer.length > 50_000;
      expect((await send(proxy, get(site.address, '/large'), isLarge)).answer.length).toBeGreaterThan(50_000);
      expect(proxy.faultOf(site.address)).toBeUndefined();
    }
    await send(proxy, get(site.address, '/large'));
    const before = site.connections;
    expect(await send(proxy, get(site.address))).toEqual({ answer: '', isCut: true });
    expect(await send(proxy, `CONNECT ${site.address} HTTP/1.1\r\n\r\n`)).toEqual({ answer: '', isCut: true });
    expect(site.connections).toBe(before);
    expect(proxy.faultOf(site.address)).toMatchObject({ reason: 'too-large' });
  });

  test('a connection without a byte is cut after the idle limit', async () => {
    const proxy = await openProxy({ idleTimeout: 300 });
    const started = performance.now();
    const socket = await tunnel(proxy, site.address);
    socket.resume();
    await once(socket, 'close');
    expect(performance.now() - started).toBeGreaterThan(250);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await send(proxy, get(site.address, '/silent'))).toEqual({ answer: '', isCut: true });
  });

  test('closing ends what is open, and nobody is let in afterwards', async () => {
    const proxy = await openProxy();
    const socket = await tunnel(proxy, site.address);
    const before = site.connections;
    socket.on('error', () => {});
    socket.resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    proxy.close();
    await closed;
    expect(await send(proxy, get(site.address))).toEqual({ answer: '', isCut: true });
    expect(site.connections).toBe(before);
  });

  test('closing ends what is still being dialled', async () => {
    const { promise: resolved, resolve: letResolve } = Promise.withResolvers<void>();
    let connections = 0;
    const late = createServer(() => connections++);
    await once(late.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void late.close());
    const { port } = late.address() as AddressInfo;
    const guard = createGuard([`127.0.0.1:${port}`], async () => {
      await resolved;
      return [{ address: '127.0.0.1', family: 4 }];
    });
    const proxy = await startProxy(guard.dial, { maxBytes: 1_000, idleTimeout: 5_000 });
    const sending = send(proxy, get(`late.test:${port}`));
    await sleep(100);
    proxy.close();
    letResolve();
    expect(await sending).toEqual({ answer: '', isCut: true });
    expect(connections).toBe(0);
  });
});
