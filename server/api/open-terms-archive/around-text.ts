import { createHash } from 'node:crypto';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { isoDate } from './iso-date.ts';

/** All of a version's answer but its text. */
export interface AroundText {
  /** JSON up to where the text stands, and from there on. */
  readonly head: string;
  readonly tail: string;
  /** The blob's, with a hash of what stands around the text, since links to later versions change. */
  readonly etag: string;
  readonly hasSuccessor: boolean;
}

/** Takes six looks for neighbours and one for each snapshot: more work than all else of an answer. */
export function aroundText(index: IndexReader, version: IndexedVersion): AroundText {
  const { id, serviceId, termsType, fetchDate, isFirstRecord, isTechnicalUpgrade } = version;
  const { first, previous, next, last } = index.neighbours(version);
  const head = JSON.stringify({ id, serviceId, termsType, fetchDate: isoDate(fetchDate) });
  const tail = JSON.stringify({
    isFirstRecord,
    isTechnicalUpgrade,
    fetchUrls: fetchUrls(index, version),
    links: { first: first ?? null, prev: previous ?? null, next: next ?? null, last: last ?? null },
    additions: version.additions ?? null,
    deletions: version.deletions ?? null,
  });
  const hash = createHash('sha1').update(head).update(tail).digest('base64url').slice(0, 12);
  return {
    head: `${head.slice(0, -1)},"content":`,
    tail: `,${tail.slice(1)}`,
    etag: `"${version.blob}-${hash}"`,
    hasSuccessor: next !== undefined,
  };
}

/** Where the source documents were fetched, in their order; those of whose snapshot nothing is known are left out. */
function fetchUrls(index: IndexReader, { snapshotIds }: IndexedVersion): string[] {
  return snapshotIds.flatMap((id) => index.snapshotById(id)?.location ?? []);
}
