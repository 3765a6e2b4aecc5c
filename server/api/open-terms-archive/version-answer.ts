import type { Context } from 'hono';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { JSON_TYPE } from './answer-json.ts';
import { aroundText } from './around-text.ts';
import { isCurrent } from './is-current.ts';
import type { RoutesContext } from './routes-context.ts';

/**
 * A version with its text, in OTA's order of keys. What the reader has already is answered from the index alone.
 *
 * @param cacheControl for a version with or without a successor.
 */
export async function answerVersion(
  c: Context,
  { collection, contents }: RoutesContext,
  version: IndexedVersion,
  cacheControl: (hasSuccessor: boolean) => string,
): Promise<Response> {
  const { head, tail, etag, hasSuccessor } = aroundText(collection.index(), version);
  const headers = {
    ETag: etag,
    'Last-Modified': version.fetchDate.toUTCString(),
    'Cache-Control': cacheControl(hasSuccessor),
  };
  // The date is told but not compared: a technical upgrade has the date of the version that it replaces.
  if (isCurrent(c, { etag })) return c.body(null, 304, headers);
  const content = await contents.of(collection, version);
  return c.body(Buffer.concat([head, content, tail]), 200, { ...headers, 'Content-Type': JSON_TYPE });
}
