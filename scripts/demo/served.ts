import { setTimeout as delay } from 'node:timers/promises';
import { loadConfiguredServer } from '../../cli/configured-collections.ts';
import { createLogger } from '../../cli/logger.ts';
import { openServer } from '../../cli/server.ts';
import type { Change, ExtensionManifest, Page } from '../../server/api/contract.ts';

/** The real server over the demo's records. */
export interface DemoServer {
  /** With a slash at the end. */
  readonly address: string;
  /**
   * The latest change as the API tells it.
   *
   * @param versionId of the version that was just recorded: waits until it is served and judged.
   * @throws Error where that takes longer than ten seconds.
   */
  change(versionId: string, signal: AbortSignal): Promise<Change>;
  /**
   * Waits until the files for extensions tell of the version.
   * @throws Error where that takes longer than half a minute
   */
  tellsExtensions(versionId: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;
const FILES_PATIENCE_MS = 30_000;
const POLL_MS = 50;

/** @param port 0 for any that is free. @throws Error naming the port where it is taken. */
export async function serveDemo(options: {
  readonly directory: string;
  readonly data: string;
  readonly port: string;
}): Promise<DemoServer> {
  const { directory, data, port } = options;
  const configured = await loadConfiguredServer({ collection: directory, data, ...{ port } });
  const { address, close } = await openServer(configured, { log: createLogger('error'), command: 'serve' });
  return {
    address,
    close,
    async change(versionId, signal) {
      for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; ) {
        const answer = await fetch(`${address}api/changes?show=everything&limit=20`, { signal });
        if (answer.ok) {
          const { data: changes } = (await answer.json()) as Page<Change>;
          const change = changes.find(({ id }) => id === versionId);
          if (change && (change.analysis || change.previousId === null)) return change;
        }
        await delay(POLL_MS, undefined, { signal });
      }
      throw new Error(`The server at ${address} did not show version ${versionId} within ten seconds.`);
    },
    async tellsExtensions(versionId, signal) {
      for (const begun = performance.now(); performance.now() - begun < FILES_PATIENCE_MS; ) {
        const { recent } = (await (await fetch(`${address}api/extension`, { signal })).json()) as ExtensionManifest;
        for (const { sha256 } of recent) {
          const file = await fetch(`${address}api/extension/files/${sha256}`, { signal });
          if ((await file.text()).includes(versionId)) return;
        }
        await delay(POLL_MS * 4, undefined, { signal });
      }
      throw new Error(`The server's files for extensions did not tell of version ${versionId} within half a minute.`);
    },
  };
}
