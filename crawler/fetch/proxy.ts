import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { FetchError } from './fetch-error.ts';
import type { Guard } from './guard.ts';
import { toFetchError } from './network-faults.ts';

/** The only way out that one document has in the browser. */
export interface DocumentProxy {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** Why the last connection to `host` (`name` or `name:port`, as in `URL.host`) failed, if it did. */
  faultOf(host: string): FetchError | undefined;
  close(): void;
}

/** Headers that belong to one connection (RFC 9110, 7.6.1). */
const connectionHeaders = [
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
];

/**
 * Starts a proxy on a free loopback port: `CONNECT` for https and WebSockets, absolute locations for http. Each connection
 * is dialled by the guard. A failed one is cut without an answer: an answer of ours would look like one of the service's.
 *
 * @param maxBytes all that may come in for the document; beyond, its connections are cut
 */
export async function startProxy(
  dial: Guard['dial'],
  { maxBytes, idleTimeout }: { maxBytes: number; idleTimeout: number },
): Promise<DocumentProxy> {
  const faults = new Map<string, FetchError>();
  const sockets = new Set<Duplex>();
  const stopped = new AbortController();
  let bytes = 0;

  const server = createServer({ keepAliveTimeout: 5_000 });
  server.on('connection', track);
  server.on('request', (request, response) => void forward(request, response));
  server.on('connect', (request, socket, head) => void tunnel(request, socket, head));
  server.on('clientError', (_error, socket) => socket.destroy());

  /** Whoever comes after the close gets nothing. */
  function track(socket: Duplex): void {
    if (stopped.signal.aborted) socket.destroy();
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  }

  const tooMuch = (host: string): FetchError =>
    new FetchError('too-large', `The document at ${host} loads more than ${maxBytes} bytes`);

  async function connectTo(host: string, port: number, names: readonly string[]): Promise<Socket | undefined> {
    try {
      // Answers that fit into one chunk are complete before they are counted: what follows them is refused here.
      if (bytes > maxBytes) throw tooMuch(host);
      const socket = await dial(host, port, stopped.signal);
      track(socket);
      socket.setTimeout(idleTimeout, () => socket.destroy());
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes <= maxBytes) return;
        for (const name of names) faults.set(name, tooMuch(host));
        socket.destroy();
      });
      return socket;
    } catch (error) {
      for (const name of names) faults.set(name, toFetchError(error, host));
      return undefined;
    }
  }

  async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    const [, host, port] = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(request.url ?? '') ?? [];
    if (!host || !port) return void client.destroy();
    const names = port === '443' || port === '80' ? [host, `${host}:${port}`] : [`${host}:${port}`];
    const upstream = await connectTo(host, Number(port), names);
    if (!upstream || client.destroyed) {
      upstream?.destroy();
      return void client.destroy();
    }
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.byteLength > 0) upstream.write(head);
    client.pipe(upstream);
    upstream.pipe(client);
  }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '');
    if (url?.protocol !== 'http:') return void request.socket.destroy();
    const upstream = await connectTo(url.hostname, Number(url.port) || 80, [url.host]);
    if (!upstream || response.destroyed) {
      upstream?.destroy();
      return void request.socket.destroy();
    }
    const outgoing = requestHttp({
      createConnection: () => upstream,
      method: request.method,
      path: url.pathname + url.search,
      headers: { ...withoutConnectionHeaders(request.headers), connection: 'close' },
    });
    outgoing.once('error', (error) => {
      faults.set(url.host, toFetchError(error, url.href));
      request.socket.destroy();
    });
    outgoing.once('response', (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, withoutConnectionHeaders(incoming.headers));
      incoming.once('error', () => response.destroy());
      incoming.pipe(response);
    });
    response.once('close', () => upstream.destroy());
    request.pipe(outgoing);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faultOf: (host) => faults.get(host),
    close() {
      stopped.abort();
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function withoutConnectionHeaders<Headers extends NodeJS.Dict<string | string[]>>(headers: Headers): Headers {
  const kept = { ...headers };
  for (const name of connectionHeaders) delete kept[name];
  return kept;
}
