import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Websites of all names, given by one server of this machine: browsers are told that these names are here. */
export interface FakeSites {
  readonly port: number;
  /** For Chromium's `--host-resolver-rules`: names in `.test` and `.example` are here, this machine is itself, others are nowhere. */
  readonly resolverRules: string;
  /** What was asked for, oldest first: `larkmail.example/terms`. */
  readonly requests: readonly string[];
  /** What is there instead of the small page that names its host. @param host as in `URL.hostname`, `*` for every one */
  show(host: string, html: string): void;
  close(): Promise<void>;
}

/** Whoever opens them closes them. Sites are there by http alone. */
export async function openFakeSites(): Promise<FakeSites> {
  const requests: string[] = [];
  const pages = new Map<string, string>();
  const server = createServer(({ headers, url = '/' }, response) => {
    const host = (headers.host ?? '').replace(/:\d+$/, '');
    if (url === '/favicon.ico') return void response.writeHead(404).end();
    requests.push(`${host}${url}`);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(pages.get(host) ?? pages.get('*') ?? smallPage(host));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const here = `127.0.0.1:${port}`;
  return {
    port,
    resolverRules: `MAP *.test ${here}, MAP *.example ${here}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
    requests,
    show: (host, html) => void pages.set(host, html),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const smallPage = (host: string): string =>
  `<!doctype html><html lang="en"><title>${host}</title><h1>${host}</h1><p>A page of ${host}.</p></html>`;
