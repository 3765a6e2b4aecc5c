import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { Service } from '../../archive/declarations/service.ts';

const names = new WeakMap<readonly Service[], ReadonlyMap<string, string>>();

/** The declared name of a service; its id where it is not declared today. */
export function serviceName(collection: Pick<ServedCollection, 'services'>, serviceId: string): string {
  const services = collection.services();
  let known = names.get(services);
  if (known === undefined) {
    known = new Map(services.map(({ id, name }) => [id, name]));
    names.set(services, known);
  }
  return known.get(serviceId) ?? serviceId;
}
