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

/** The text of a version, ready for the page of the version. @throws ArchiveError where the repository does not hold it */
export async function versionText(
  { t, to, language }: Pick<PageContext, 't' | 'to' | 'language'>,
  collection: ServedCollection,
  version: IndexedVersion,
): Promise<TermsText> {
  const address = { collection: collection.id, ...version };
  // Its paragraphs lead to their lives, which are those of this version.
  const key = `${to.version(address)} ${version.blob}`;
  const known = kept.get(key);
  if (known) return known;
  const content = await collection.content(version);
  const paragraph = {
    since: t('redline.since'),
    linkTo: (place: number) => t('version.paragraphLink', { number: place + 1 }),
    sinceOf: (place: number) => t('redline.sinceOf', { number: place + 1 }),
    sinceAddress: (place: number) => to.paragraph(address, place),
  };
  const words = { language, picture: t('version.picture'), table: t('version.table'), paragraph };
  const made = await termsText(content, words);
  kept.set(key, made);
  return made;
}
