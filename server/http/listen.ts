import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { compileAddresses } from './client.ts';
import { ListenError } from './listen-error.ts';
import { networkOf } from './network.ts';

export interface ListenOptions {
  /** Name or address to listen on; `::` or `0.0.0.0`: all. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** May hold as many connections as they like: behind them are many clients. */
  readonly trustedProxies: readonly string[];
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Takes no more connections, lets answers in progress end, and cuts off those that have not within the time. */
  close(graceMilliseconds?: number): Promise<void>;
}

/** What a connection may take. A slow client holds a socket, not a thread, and only for so long. */
const LIMITS = {
  /** Bytes of request line and header fields: the longest address that is read, and what others send beside theirs. */
  maxHeaderSize: 57_344,
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  /** Longer than proxies keep connections to us (nginx: 60 s), or they would meet one that is just being closed. */
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2000,
  // No silent dropping of fields; how many there may be is checked where it can be answered.
  maxHeadersCount: 0,
} as const;

const MAX_CONNECTIONS = 2000;
const MAX_CONNECTIONS_OF_CLIENT = 100;
/** Milliseconds in which a client reads nothing of its answer before it is cut off. */
const STALLED = 60_000;

/** @throws ListenError that says what is in the way and what to do. */
export async function listen(app: Hono, { host, port, trustedProxies }: ListenOptions): Promise<Listening> {
  const { maxHeadersCount, ...options } = LIMITS;
  const server = createServer({ ...options, keepAlive: true }, getRequestListener(app.fetch));
  server.maxHeadersCount = maxHeadersCount;
  server.maxConnections = MAX_CONNECTIONS;
  server.setTimeout(STALLED);
  limitConnections(server, compileAddresses(trustedProxies));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(host, port, error)));
    server.listen(port, host, resolve);
  });
  const { address, port: given } = server.address() as AddressInfo;
  return { host: address, port: given, close: (grace = 5000) => closeServer(server, grace) };
}

function limitConnections(server: Server, isTrusted: (address: string) => boolean): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    if (address === undefined || isTrusted(address)) return;
    const key = networkOf(address);
    const count = (open.get(key) ?? 0) + 1;
    if (count > MAX_CONNECTIONS_OF_CLIENT) {
      socket.destroy();
      return;
    }
    open.set(key, count);
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    });
  });
}

async function closeServer(server: Server, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
  });
  // Connections that become idle meanwhile would be kept for the next request.
  for (const end = Date.now() + grace; !isClosed && Date.now() < end; await delay(20)) server.closeIdleConnections();
  server.closeAllConnections();
  await closed;
}
