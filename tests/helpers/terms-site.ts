import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A local site whose documents a test can change. */
export interface TermsSite {
  readonly origin: string;
  /** `127.0.0.1:port`, to be allowed in the guard. */
  readonly address: string;
  /** Path → HTML; a path that is not there answers 404. */
  readonly documents: Record<string, string>;
  /** Status of every answer, oldest first. */
  readonly answers: number[];
  sendsEtags: boolean;
  /** The next answer at this path has this status. */
  failOnce(path: string, status: number): void;
}

/** Starts the site; it ends with the test. */
export async function startTerms(documents: Record<string, string>): Promise<TermsSite> {
  const failures = new Map<string, number>();
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const body = documents[path];
    const etag = `"${createHash('sha1')
      .update(body ?? '')
      .digest('hex')}"`;
    const isKnown = site.sendsEtags && request.headers['if-none-match'] === etag;
    const status = failures.get(path) ?? (body === undefined ? 404 : isKnown ? 304 : 200);
    failures.delete(path);
    answers.push(status);
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...(site.sendsEtags ? { etag } : {}) });
    response.end(status === 304 ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site: TermsSite = {
    origin: `http://${address}`,
    address,
    documents,
    answers,
    sendsEtags: false,
    failOnce: (path, status) => failures.set(path, status),
  };
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return site;
}
