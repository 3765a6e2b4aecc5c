import { LRUCache } from 'lru-cache';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { type TermsText, termsText } from '../markdown/terms-text.ts';
import type { PageContext } from '../page-context.ts';

const MOST_CHARACTERS = 12_000_000;

/** Texts made ready, by what they were made from: those of a version never change. */
const kept = new LRUCache<string, TermsText>({
  maxSize: MOST_CHARACTERS,
  maxEntrySize: MOST_CHARACTERS / 4,
  sizeCalculation: ({ html }) => html.length + 2_000,
});

/** The text of a version, ready for a document. @throws ArchiveError where the repository does not hold it */
export async function versionText(
  { t, language }: Pick<PageContext, 't' | 'language'>,
  collection: ServedCollection,
  version: IndexedVersion,
): Promise<TermsText> {
  const key = `${language} ${version.blob}`;
  const known = kept.get(key);
  if (known) return known;
  const content = await collection.content(version);
  const made = await termsText(content, { language, picture: t('version.picture'), table: t('version.table') });
  kept.set(key, made);
  return made;
}
