import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { nearest } from '../../archive/declarations/nearest.ts';
import type { ApiError } from './api-error.ts';
import type { ChangeFilter } from './change-filter.ts';
import { notFound, quoted } from './find.ts';

/**
 * Refuses a filter by a collection or a list that this server does not have: nothing can match it, and an empty answer
 * would read as if nothing had happened. Services and terms types are not refused: they may come with the next record.
 *
 * @throws ApiError of code `not-found`
 */
export function refuseUnknownNames(
  collections: ServedCollections,
  filter: Pick<ChangeFilter, 'collections' | 'list'>,
): void {
  for (const id of filter.collections ?? []) {
    if (!collections.get(id)) {
      throw unknown(
        'collection',
        id,
        collections.all().map((one) => one.id),
      );
    }
  }
  if (filter.list !== undefined) findList(collections, filter.list);
}

/** @throws ApiError of code `not-found` */
export function findList(collections: ServedCollections, id: string): ReturnType<ServedCollections['lists']>[number] {
  const lists = collections.lists();
  const list = lists.find((one) => one.id === id);
  if (list) return list;
  throw unknown(
    'list',
    id,
    lists.map((one) => one.id),
  );
}

function unknown(kind: 'collection' | 'list', id: string, known: readonly string[]): ApiError {
  const suggestion = nearest(id, known);
  return notFound(
    `There is no ${kind} ${quoted(id)} here.`,
    `${suggestion === undefined ? '' : `Did you mean ${quoted(suggestion)}? `}The ${kind}s are listed under /api/${kind}s.`,
    { kind, name: id },
  );
}
