import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';

/** The collections with these ids; all where none is named. @throws Error that names those there are. */
export function chooseCollections(
  collections: readonly ConfiguredCollection[],
  ids: readonly string[],
): readonly ConfiguredCollection[] {
  const unknown = ids.filter((id) => collections.every((collection) => collection.id !== id));
  if (unknown.length > 0) {
    const known = collections.map(({ id }) => id).join(', ');
    throw new Error(
      `There is no collection ${unknown.join(', ')}; there is ${known}. Name one of these, or none for all.`,
    );
  }
  return ids.length === 0 ? collections : collections.filter(({ id }) => ids.includes(id));
}
