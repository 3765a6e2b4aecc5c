import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export type Route = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A real server on loopback with whatever a test needs at each path. */
export interface LocalSite {
  readonly port: number;
  /** `http://127.0.0.1:port` (or https) */
  readonly origin: string;
  /** `127.0.0.1:port`, to be allowed in the guard. */
  readonly address: string;
  /** TCP connections that were accepted. */
  connections: number;
  /** Paths asked for, oldest first. */
  readonly paths: string[];
  close(): Promise<void>;
}

/** A route that is text is served as HTML; a path without a route answers 404. Queries do not count for the route. */
export async function startSite(
  routes: Readonly<Record<string, Route>> = {},
  { host = '127.0.0.1', tls }: { host?: string; tls?: { key: string; cert: string } } = {},
): Promise<LocalSite> {
  const paths: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    paths.push(request.url ?? '');
    const route = routes[(request.url ?? '').replace(/\?.*$/, '')];
    if (typeof route === 'function') {
      route(request, response);
      return;
    }
    response.writeHead(route === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(route ?? 'not here');
  };
  const server = tls ? createSecureServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const written = host.includes(':') ? `[${host}]` : host;
  const site: LocalSite = {
    port,
    origin: `${tls ? 'https' : 'http'}://${written}:${port}`,
    address: `${written}:${port}`,
    connections: 0,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('connection', () => {
    site.connections++;
  });
  return site;
}

/** A route that answers with this status, these headers and this body. */
export const respond =
  (status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ''): Route =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

export const redirect = (location: string): Route => respond(302, { location });
