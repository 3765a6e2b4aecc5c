import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import type { IndexedVersion, Neighbours } from '../../../archive/index/indexed-record.ts';
import { JSON_TYPE } from './answer-json.ts';
import { isCurrent } from './is-current.ts';
import { isoDate } from './iso-date.ts';
import type { RoutesContext } from './routes-context.ts';

/**
 * A version with its text, in OTA's order of keys. What the reader has already is answered from the index alone: the
 * entity tag is the blob's, with a hash of what stands around the text, since links to later versions change.
 *
 * @param cacheControl for a version with these neighbours.
 */
export async function answerVersion(
  c: Context,
  { collection, contents }: RoutesContext,
  version: IndexedVersion,
  cacheControl: (neighbours: Neighbours) => string,
): Promise<Response> {
  const index = collection.index();
  const neighbours = index.neighbours(version);
  const { id, serviceId, termsType, fetchDate, isFirstRecord, isTechnicalUpgrade } = version;
  const head = JSON.stringify({ id, serviceId, termsType, fetchDate: isoDate(fetchDate) });
  const tail = JSON.stringify({
    isFirstRecord,
    isTechnicalUpgrade,
    fetchUrls: fetchUrls(index, version),
    links: {
      first: neighbours.first ?? null,
      prev: neighbours.previous ?? null,
      next: neighbours.next ?? null,
      last: neighbours.last ?? null,
    },
    additions: version.additions ?? null,
    deletions: version.deletions ?? null,
  });
  const around = createHash('sha1').update(head).update(tail).digest('base64url').slice(0, 12);
  const etag = `"${version.blob}-${around}"`;
  const headers = { ETag: etag, 'Last-Modified': fetchDate.toUTCString(), 'Cache-Control': cacheControl(neighbours) };
  // The date is told but not compared: a technical upgrade has the date of the version that it replaces.
  if (isCurrent(c, { etag })) return c.body(null, 304, headers);
  const content = await contents.of(collection, version);
  const body = Buffer.concat([
    Buffer.from(`${head.slice(0, -1)},"content":`),
    content,
    Buffer.from(`,${tail.slice(1)}`),
  ]);
  return c.body(body, 200, { ...headers, 'Content-Type': JSON_TYPE });
}

/** Where the source documents were fetched, in their order; those of whose snapshot nothing is known are left out. */
function fetchUrls(index: IndexReader, { snapshotIds }: IndexedVersion): string[] {
  return snapshotIds.flatMap((id) => index.snapshotById(id)?.location ?? []);
}
