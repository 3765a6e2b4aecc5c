import type { ExtensionFile, ExtensionManifest } from '../../server/api/contract.ts';
import { applyDelta, DeltaError } from './apply-delta.ts';
import { DownloadError } from './download-error.ts';
import { joined } from './joined.ts';
import { readManifest } from './read-manifest.ts';

export interface Downloads {
  readonly fetch: typeof fetch;
  /** Milliseconds for one answer, its body included. */
  readonly timeout: number;
}

export const DOWNLOADS: Downloads = { fetch: (...given) => fetch(...given), timeout: 60_000 };
const MOST_MANIFEST_BYTES = 1_000_000;

/**
 * What the server has today.
 *
 * @param server scheme, host and base path without a slash at the end
 * @throws DownloadError
 */
export async function downloadManifest(server: string, downloads = DOWNLOADS): Promise<ExtensionManifest> {
  const bytes = await download(`${server}/api/extension`, MOST_MANIFEST_BYTES, downloads);
  return readManifest(bytes);
}

/**
 * A whole file, exactly as it is named.
 *
 * @throws DownloadError of `damaged` where its hash is another one
 */
export async function downloadFile(server: string, file: ExtensionFile, downloads = DOWNLOADS): Promise<Uint8Array> {
  const bytes = await download(`${server}/api/extension/files/${file.sha256}`, file.bytes, downloads);
  const isWhole = bytes.length === file.bytes && (await sha256(bytes)) === file.sha256;
  if (!isWhole) throw new DownloadError('damaged', 'A file of the server was damaged.');
  return bytes;
}

/**
 * The file made of a former one by what changed since; whole, where that is not to be had or gives something else.
 *
 * @throws DownloadError where the whole cannot be had either
 */
export async function downloadNewer(
  server: string,
  {
    file,
    former,
  }: { readonly file: ExtensionFile; readonly former: { readonly sha256: string; readonly bytes: Uint8Array } },
  downloads = DOWNLOADS,
): Promise<Uint8Array> {
  try {
    const address = `${server}/api/extension/deltas/${former.sha256}/${file.sha256}`;
    const bytes = applyDelta(former.bytes, await download(address, file.bytes + former.bytes.length, downloads));
    if ((await sha256(bytes)) === file.sha256) return bytes;
  } catch (error) {
    const isDamaged = error instanceof DeltaError || (error instanceof DownloadError && error.reason !== 'unreachable');
    if (!isDamaged) throw error;
  }
  return downloadFile(server, file, downloads);
}

/** Lower-case hex. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Nothing that tells who asks or from where: no cookies, no referrer, nothing of a cache that others may have filled. */
async function download(address: string, mostBytes: number, { fetch, timeout }: Downloads): Promise<Uint8Array> {
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      // To no other address: one made for a single person would know them again.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) {
      await response.body?.cancel();
      const reason = response.status === 503 || response.status === 429 ? 'busy' : 'refused';
      throw new DownloadError(reason, `The server answered ${response.status || 'with a redirect'}.`);
    }
    return await readBody(response, mostBytes);
  } catch (cause) {
    if (cause instanceof DownloadError) throw cause;
    throw new DownloadError('unreachable', 'The server cannot be reached.', { cause });
  }
}

/** By a reader, not by iteration: Chromium iterates over streams from 124 on alone. */
async function readBody(response: Response, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return joined(parts);
    length += value.length;
    if (length > mostBytes) {
      await reader?.cancel();
      throw new DownloadError('damaged', 'A file of the server is too large.');
    }
    parts.push(value);
  }
}
