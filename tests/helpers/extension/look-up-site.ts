import { domainsOf, type IndexedSite, readSite } from '../../../extension/files/look-up-site.ts';
import { findLine } from '../../../extension/files/sorted-lines.ts';

/** What a whole index says of a host, as the extension looks it up in parts of it (`findSite`). */
export function lookUpSite(index: Uint8Array, host: string): IndexedSite | undefined {
  for (const domain of domainsOf(host)) {
    const fields = findLine(index, domain);
    if (fields) return readSite(domain, fields);
  }
  return undefined;
}
