import { openServer } from '../website-in-browser.ts';
import { type FakeSites, openFakeSites } from './fake-sites.ts';
import { changedTerms, FORM, FORMS, fiftySitesCollection, SERVICE_IDS, SITE, VISITS } from './fifty-sites.ts';
import type { Session } from './leaks.ts';
import type { RecordedRequest } from './recording-proxy.ts';

/** The sites that are visited, and the real server that tracks some of them, for browsers behind a recording proxy. */
export interface ServedFiftySites {
  readonly sites: FakeSites;
  /** Of the server: `http://127.0.0.1:4321` */
  readonly origin: string;
  /** For the proxy. */
  readonly portOf: (host: string) => number | undefined;
  /** Records new terms of services, now, and makes the files for extensions. @param years what changes is how many */
  change(serviceIds: readonly string[], years: number): Promise<void>;
  /** What may be asked for by now. @param browsersOwn hosts that the browser itself asks */
  session(browsersOwn: readonly string[]): Session;
  /** Of recorded requests, those to the server. */
  toServer(requests: readonly RecordedRequest[]): readonly RecordedRequest[];
  close(): Promise<void>;
}

/** Whoever opens them closes them. */
export async function openFiftySites(): Promise<ServedFiftySites> {
  const server = await openServer({ collections: [fiftySitesCollection()] });
  const sites = await openFakeSites();
  sites.show('*', SITE);
  for (const host of FORMS) sites.show(host, FORM);
  const { host, port } = new URL(server.origin);
  const paths = new Set(['/api/extension']);
  let keys: readonly string[] = [];
  let former: ReturnType<typeof server.extensionFiles.current>;

  async function makeFiles(): Promise<void> {
    await server.extensionFiles.update();
    const made = server.extensionFiles.current();
    if (!made) throw new Error('The server has made no files.');
    for (const { sha256 } of [made.index, made.services, ...made.recent]) paths.add(`/api/extension/files/${sha256}`);
    for (const kind of ['index', 'services'] as const) {
      if (former) paths.add(`/api/extension/deltas/${former[kind].sha256}/${made[kind].sha256}`);
    }
    former = made;
    const lines = new TextDecoder().decode(made.services.content).trim().split('\n');
    keys = lines.map((line) => line.split('\t')[0] ?? '');
  }
  await makeFiles();

  return {
    sites,
    origin: server.origin,
    portOf: (asked) => (asked === host ? Number(port) : asked.endsWith('.test') ? sites.port : undefined),
    async change(serviceIds, years) {
      const now = `${new Date().toISOString().slice(0, 19)}Z`;
      await server.served.record(
        'harbour',
        serviceIds.map((id) => changedTerms(id, now, years)),
      );
      await makeFiles();
    },
    session: (browsersOwn) => ({
      ...{ server: host, paths, visited: VISITS, browsersOwn },
      also: [...keys, ...SERVICE_IDS],
    }),
    toServer: (requests) => requests.filter((request) => request.host === host),
    async close() {
      await sites.close();
      await server.close();
    },
  };
}
