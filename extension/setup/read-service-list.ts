import { readBytes, readStored } from '../files/file-store.ts';
import { listServices, type ServiceList } from './list-services.ts';

let kept: { readonly name: string; readonly list: ServiceList } | undefined;

/** All services of the server that is read; none where nothing was downloaded yet. Taken apart once for each file and language. */
export async function readServiceList(language: string): Promise<ServiceList> {
  const stored = await readStored();
  const bytes = stored && (await readBytes('services'));
  if (!bytes) return { services: [], types: [] };
  const name = `${language} ${stored.manifest.services.sha256}`;
  if (kept?.name !== name) kept = { name, list: listServices(bytes, language) };
  return kept.list;
}
