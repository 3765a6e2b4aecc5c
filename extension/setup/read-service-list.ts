import { readFile, readStored } from '../files/file-store.ts';
import { listServices, type ServiceList } from './list-services.ts';

const NONE: ServiceList = { services: [], types: [] };

let kept: { readonly sha256: string; readonly list: ServiceList } | undefined;

/** All services of the server that is read; none where nothing was downloaded yet. Taken apart once for each file. */
export async function readServiceList(): Promise<ServiceList> {
  const sha256 = (await readStored())?.manifest.services.sha256;
  if (sha256 === undefined) return NONE;
  if (kept?.sha256 !== sha256) {
    const bytes = await readFile(sha256);
    // Another file took its place just now, or the browser lost it: the next refresh is told of.
    if (!bytes) return NONE;
    kept = { sha256, list: listServices(bytes) };
  }
  return kept.list;
}
