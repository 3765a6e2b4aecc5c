import type { ExtensionManifest } from '../../server/api/contract.ts';
import { downloadManifest } from '../files/download.ts';
import { DownloadError, type DownloadReason } from '../files/download-error.ts';
import { originPattern, readServer } from '../state/server-address.ts';
import { changeSettings, readSettings } from '../state/settings.ts';
import { askForServer, revokeServer } from './permissions.ts';
import { thisBrowser } from './this-browser.ts';

export type ServerChoice =
  | { readonly kind: 'chosen'; readonly server: string; readonly manifest: ExtensionManifest }
  /** `address`: it is none; `permission`: the browser was not allowed to read from there. */
  | { readonly kind: 'fault'; readonly reason: 'address' | 'permission' | DownloadReason };

export interface ServerEffects {
  /** Whether requests without a permission would carry an identifier of this installation. */
  readonly hasToAsk: boolean;
  readonly ask: (server: string) => Promise<boolean>;
  /** Gives back the permission for a server that is read no more. */
  readonly revoke: (server: string) => Promise<unknown>;
  readonly download: (server: string) => Promise<ExtensionManifest>;
}

const defaults = (): ServerEffects => ({
  hasToAsk: thisBrowser() === 'firefox',
  ask: askForServer,
  revoke: revokeServer,
  download: downloadManifest,
});

/**
 * Reads from another server from now on, once it has answered as one. Has to be the first thing that a click does, since it
 * may have to ask for a permission.
 *
 * @param typed as somebody typed it
 */
export async function chooseServer(
  typed: string,
  { hasToAsk, ask, revoke, download } = defaults(),
): Promise<ServerChoice> {
  const server = readServer(typed);
  if (server === undefined) return { kind: 'fault', reason: 'address' };
  if (hasToAsk && !(await ask(server))) return { kind: 'fault', reason: 'permission' };
  try {
    const manifest = await download(server);
    const former = (await readSettings()).server;
    await changeSettings({ server });
    if (hasToAsk && former !== '' && originPattern(former) !== originPattern(server)) await revoke(former);
    return { kind: 'chosen', server, manifest };
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return { kind: 'fault', reason: error.reason };
  }
}
