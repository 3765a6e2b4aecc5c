import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { knownServices } from './answers/service.ts';
import { applyChangeFilter, type ChangeFilter } from './change-filter.ts';
import type { Page, Service, UnavailableCollection } from './contract.ts';
import { writeNameCursor } from './cursor.ts';
import { toUnavailable } from './tell-unavailable.ts';

/** Services by collection and id, after a place among them. */
export function listServices(
  collections: ServedCollections,
  filter: Pick<ChangeFilter, 'collections' | 'services' | 'termsTypes' | 'list'>,
  name: string | undefined,
  { limit, after }: { readonly limit: number; readonly after: readonly string[] | undefined },
): Page<Service> {
  const data: Service[] = [];
  const unavailable: UnavailableCollection[] = [];
  let failure: IndexUnavailableError | undefined;
  const [afterCollection = '', afterId = ''] = after ?? [];
  const parts = applyChangeFilter(collections, filter).filter(({ collection }) => collection.id >= afterCollection);
  for (const { collection, filter: own } of parts) {
    try {
      const known = knownServices(collection);
      for (const id of known.ids) {
        if (after !== undefined && collection.id === afterCollection && id <= afterId) continue;
        if (own.services !== undefined && !own.services.includes(id)) continue;
        const service = narrowed(known.get(id), own.termsTypes, name);
        if (service === undefined) continue;
        const last = data.at(-1);
        if (data.length === limit && last) {
          return { data, nextCursor: writeNameCursor([last.collection, last.id]), unavailable };
        }
        data.push(service);
      }
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      failure = error;
      unavailable.push(toUnavailable(collection, error));
    }
  }
  if (failure !== undefined && unavailable.length === parts.length) throw failure;
  return { data, nextCursor: null, unavailable };
}

function narrowed(
  service: Service | undefined,
  types: readonly string[] | undefined,
  name: string | undefined,
): Service | undefined {
  const wanted = name?.toLowerCase();
  const isNamed =
    wanted === undefined || [service?.name, service?.id].some((one) => one?.toLowerCase().includes(wanted));
  if (service === undefined || !isNamed) return undefined;
  if (types === undefined) return service;
  const terms = service.terms.filter(({ termsType }) => types.includes(termsType));
  return terms.length > 0 ? { ...service, terms } : undefined;
}
