import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Service, Terms } from '../archive/declarations/service.ts';

/**
 * Identifies everything in a declaration that can change what is extracted from given snapshots: selectors, filters
 * and, where the service's own filters are used, their code. Locations are left out: a change of location alone is no
 * technical upgrade (OTA), and links are resolved against the location that a snapshot was fetched from.
 */
export async function declarationHash(service: Service, terms: Terms): Promise<string> {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify(
      terms.sourceDocuments.map(({ id, select, remove, filter }) => [
        terms.sourceDocuments.length > 1 ? id : null,
        select ?? null,
        remove ?? null,
        filter,
      ]),
    ),
  );
  if (terms.sourceDocuments.some(({ filter }) => filter.length > 0)) {
    for (const file of [service.filtersFile, service.filtersHistoryFile]) {
      hash.update('\0');
      if (file) hash.update(await readFile(file));
    }
  }
  return hash.digest('hex');
}
