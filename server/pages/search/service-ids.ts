import type { ServedCollections } from '../../../archive/collections/served-collection.ts';

/** Ids of the services that a reader names by their ids or as they call themselves; what nobody knows stays as it is. */
export function serviceIds(collections: ServedCollections, named: readonly string[] | undefined): string[] | undefined {
  if (named === undefined) return undefined;
  const services = collections.all().flatMap((collection) => collection.services());
  const ids = named.flatMap((one) => {
    const wanted = one.trim();
    if (services.some(({ id }) => id === wanted)) return [wanted];
    const folded = wanted.toLocaleLowerCase('en');
    const found = services.filter(({ id, name }) =>
      [id, name].some((known) => known.toLocaleLowerCase('en') === folded),
    );
    return found.length === 0 ? [wanted] : found.map(({ id }) => id);
  });
  return [...new Set(ids)];
}
