import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPause } from '../../../archive/pause.ts';
import type { ExtensionManifest } from '../../../server/api/contract.ts';
import type { BuiltFiles } from '../../../server/extension/build-files.ts';
import { changedKeys, deltaTo } from '../../../server/extension/changed-lines.ts';
import type { BuiltFile } from '../../../server/extension/extension-file.ts';
import { manifestOf } from './made-up-files.ts';

/** Answers in the server's place. @returns false: the server is to answer */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A real server on this machine that gives files to extensions, and whatever a test wants it to give instead. */
export interface FileServer {
  readonly address: string;
  /** Paths that were asked for, and what else the requests said. */
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  show(files: BuiltFiles, part?: Partial<ExtensionManifest>): void;
  fault: Fault | undefined;
  /** Nobody listens there any more. */
  close(): Promise<void>;
}

/** Whoever starts it closes it. @param port 0: any free one */
export async function startFileServer(port = 0): Promise<FileServer> {
  let manifest: ExtensionManifest | undefined;
  const files = new Map<string, BuiltFile>();
  const requests: FileServer['requests'] = [];
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    requests.push({ path: request.url ?? '', headers: request.headers });
    if (!shown.fault?.(request, response)) void answer(request.url ?? '', response);
  });

  async function answer(path: string, response: ServerResponse): Promise<void> {
    const [kind, from = '', to = ''] = path.replace('/api/extension', '').split('/').slice(1);
    const [former, current] = [files.get(from), files.get(to)];
    if (kind === undefined && manifest) return void response.end(JSON.stringify(manifest));
    if (kind === 'files' && former) return void response.end(former.content);
    if (kind === 'deltas' && former && current) {
      const keys = await changedKeys(former.content, current.content, createPause());
      return void response.end(await deltaTo(current.content, new Set(keys), createPause()));
    }
    response.writeHead(404).end('Not found');
  }

  const shown: FileServer = {
    address: '',
    requests,
    fault: undefined,
    show(built, part) {
      manifest = manifestOf(built, part);
      for (const file of [built.index, built.services, ...built.recent]) files.set(file.sha256, file);
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(shown, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
