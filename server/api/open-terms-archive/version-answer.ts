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
export function answerVersion(
  c: Context,
  { collection, written }: RoutesContext,
  version: IndexedVersion,
  cacheControl: (hasSuccessor: boolean) => string,
): Response | Promise<Response> {
  const around = aroundText(collection.index(), version);
  const headers = {
    ETag: around.etag,
    'Last-Modified': version.fetchDate.toUTCString(),
    'Cache-Control': cacheControl(around.hasSuccessor),
  };
  // The date is told but not compared: a technical upgrade has the date of the version that it replaces.
  if (isCurrent(c, { etag: around.etag })) return c.body(null, 304, headers);
  const send = (body: Uint8Array<ArrayBuffer>): Response =>
    c.body(body, 200, { ...headers, 'Content-Type': JSON_TYPE });
  const body = written.of(collection, version, around);
  return body instanceof Uint8Array ? send(body) : body.then(send);
}
