import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request of the browser as it came, whole. */
export interface RecordedRequest {
  readonly method: string;
  /** Absolute. Of a tunnel, `https://host:port`: what goes through it cannot be seen, so none is opened. */
  readonly url: string;
  /** With its port, where that is not 80: `larkmail.test`, `127.0.0.1:4321`. */
  readonly host: string;
  readonly isTunnel: boolean;
  /** As they were written, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** An HTTP proxy on this machine that a browser sends everything through. It lets nothing out of the machine. */
export interface RecordingProxy {
  readonly port: number;
  /** In order of arrival. */
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

/** How to know a browser again that lets it be done to it. */
export const TAG = 'known-again';

/**
 * Every answer brings a cookie and an entity tag of its own ({@link TAG}) and is to be asked for again, so that requests which send
 * either back can be seen.
 *
 * @param portOf the port of this machine at which a host is answered; undefined: nobody is (502)
 */
export async function startRecordingProxy(portOf: (host: string) => number | undefined): Promise<RecordingProxy> {
  const requests: Writable<RecordedRequest>[] = [];
  const record = (request: IncomingMessage, url: string, isTunnel: boolean): Writable<RecordedRequest> => {
    const recorded = {
      ...{ method: request.method ?? '', url, host: new URL(url).host, isTunnel },
      ...{ headers: pairs(request.rawHeaders), body: '' },
    };
    requests.push(recorded);
    return recorded;
  };

  const server = createServer((request, response) => {
    const url = URL.canParse(request.url ?? '') ? (request.url ?? '') : `http://${request.headers.host}${request.url}`;
    const recorded = record(request, url, false);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      recorded.body = body.toString('latin1');
      const port = portOf(recorded.host);
      if (port === undefined) response.writeHead(502).end('Nobody is there.');
      else pass(request, body, { port, url: new URL(url), response });
    });
    request.on('error', () => response.destroy());
  });
  server.on('connect', (request, socket) => {
    record(request, `https://${request.url}`, true);
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 502 No tunnels\r\n\r\n');
  });
  server.on('upgrade', (request, socket) => {
    record(request, `http://${request.headers.host}${request.url}`, true);
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 502 No sockets\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

interface Passed {
  readonly port: number;
  readonly url: URL;
  readonly response: ServerResponse;
}

/** Gives the request on as it came, and the answer back as it comes. */
function pass(request: IncomingMessage, body: Buffer, { port, url, response }: Passed): void {
  const { 'proxy-connection': _, ...given } = request.headers as Readonly<Record<string, string>>;
  const headers = { ...given, host: url.host, connection: 'close' };
  const onward = send(
    { host: '127.0.0.1', port, method: request.method, path: url.pathname + url.search, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, {
        ...answer.headers,
        etag: `"${TAG}"`,
        'set-cookie': `${TAG}=1; Max-Age=9999`,
        'cache-control': 'no-cache',
      });
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  response.on('close', () => onward.destroy());
  onward.end(body);
}

const pairs = (raw: readonly string[]): readonly (readonly [string, string])[] =>
  Array.from({ length: raw.length / 2 }, (_, place) => [raw[2 * place] ?? '', raw[2 * place + 1] ?? ''] as const);
