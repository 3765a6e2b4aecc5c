import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';

/** The version of that commit and of the same terms as another one; a commit of imported history may hold several. */
export function ofSameTerms(
  reader: IndexReader,
  id: string,
  { serviceId, termsType }: Pick<IndexedVersion, 'serviceId' | 'termsType'>,
): IndexedVersion | undefined {
  const isMeant = (one: IndexedVersion): boolean => one.serviceId === serviceId && one.termsType === termsType;
  const first = reader.versionById(id);
  if (first === undefined || isMeant(first)) return first;
  return reader.versionsOfCommit(first.id).find(isMeant) ?? first;
}
