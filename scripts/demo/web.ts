import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DemoService, demoServices, readDemoDocuments } from './catalogue.ts';
import { applyChange, scriptedChanges } from './changes.ts';
import type { DemoDocument } from './demo-document.ts';
import { renderHome } from './home.ts';
import { articleScript, renderArticle, renderPage } from './page.ts';
import { renderPdf } from './pdf.ts';

/** The fictional web while it runs. */
export interface DemoWeb {
  readonly services: readonly RunningService[];
  /** `127.0.0.1:port` of each service: what the guard must be told to allow. */
  readonly addresses: readonly string[];
  /** Number of scripted changes; after the last one the web is as it was at the start. */
  readonly steps: number;
  /**
   * Publishes a scripted change, from 0, in their order.
   * @returns a sentence that says what changed, and where
   * @throws {Error} when the change does not fit the document, as when one is left out
   */
  publish(step: number): string;
  /** The service that publishes the change. */
  serviceOf(step: number): RunningService | undefined;
  close(): Promise<void>;
}

export interface RunningService extends DemoService {
  /** Such as `http://127.0.0.1:8101`. */
  readonly origin: string;
  /**
   * The same under a name: browsers look for every host of `localhost` on this machine
   * (https://www.rfc-editor.org/rfc/rfc6761#section-6.3), and extensions show no services for IP addresses.
   */
  readonly localAddress: string;
}

interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly sendsEtag: boolean;
}

/**
 * Starts the four services on 127.0.0.1, each on its own port: `port` and the three after it, or free ones.
 * @throws {Error} when a port is taken
 */
export async function startDemoWeb({ port = 0 }: { readonly port?: number } = {}): Promise<DemoWeb> {
  const documents = new Map((await readDemoDocuments()).map((document) => [document.key, document]));
  const visits = new Map<string, number>();
  const servers: Server[] = [];
  const services: RunningService[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(stop));
  };

  const answer = (service: DemoService, path: string): Promise<Answer> | Answer | undefined => {
    if (path === '/article.js') return { type: 'text/javascript', body: articleScript, sendsEtag: false };
    if (path === '/') {
      const own = [...documents.values()].filter(({ serviceId }) => serviceId === service.id);
      return { type: 'text/html; charset=utf-8', body: renderHome(service, own), sendsEtag: false };
    }
    for (const document of documents.values()) {
      if (document.serviceId !== service.id) continue;
      const visit = visits.get(document.key) ?? 0;
      if (path === document.path) {
        visits.set(document.key, visit + 1);
        return render(service, document, visit);
      }
      if (document.rendering === 'script' && path === `${document.path}.json`) {
        const body = JSON.stringify({ html: renderArticle(document, visit) });
        return { type: 'application/json', body, sendsEtag: false };
      }
    }
    return undefined;
  };

  try {
    for (const [index, service] of demoServices.entries()) {
      const server = createServer((request, response) => {
        const path = decodeURI(new URL(request.url ?? '/', 'http://localhost').pathname);
        Promise.resolve(answer(service, path))
          .then((found) => send(request, response, found))
          .catch(() => response.writeHead(500).end());
      });
      await listen(server, port === 0 ? 0 : port + index);
      servers.push(server);
      const { port: taken } = server.address() as AddressInfo;
      const localAddress = `http://${localDomain(service)}:${taken}/`;
      services.push({ ...service, origin: `http://127.0.0.1:${taken}`, localAddress });
    }
  } catch (error) {
    await close();
    throw error;
  }

  return {
    services,
    addresses: services.map(({ origin }) => new URL(origin).host),
    steps: scriptedChanges.length,
    publish(step) {
      const change = scriptedChanges[step];
      const document = documents.get(change?.document ?? '');
      if (!change || !document) throw new Error(`The demo has no change ${step} of a document that it serves.`);
      documents.set(document.key, applyChange(document, change));
      const origin = services.find(({ id }) => id === document.serviceId)?.origin;
      return `${change.description} ${origin}${document.path}`;
    },
    serviceOf: (step) => services.find(({ id }) => scriptedChanges[step]?.document.startsWith(`${id}/`)),
    close,
  };
}

/** Such as `larkmail.localhost`. */
export const localDomain = ({ domain }: DemoService): string => domain.replace(/example$/, 'localhost');

async function render(service: DemoService, document: DemoDocument, visit: number): Promise<Answer> {
  const { sendsEtag } = document;
  if (document.rendering === 'pdf') {
    return { type: 'application/pdf', body: await renderPdf(service.name, document.text), sendsEtag };
  }
  return { type: 'text/html; charset=utf-8', body: renderPage(service, document, visit), sendsEtag };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer | undefined): void {
  if (!answer) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
    return;
  }
  const etag = `"${createHash('sha256').update(answer.body).digest('hex').slice(0, 20)}"`;
  const isKnown = answer.sendsEtag && request.headers['if-none-match'] === etag;
  response.writeHead(isKnown ? 304 : 200, {
    'content-type': answer.type,
    'cache-control': 'no-cache',
    ...(answer.sendsEtag ? { etag } : {}),
  });
  response.end(isKnown ? undefined : answer.body);
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
