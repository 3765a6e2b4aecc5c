import type { Context } from 'hono';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { isKnown } from '../../http/conditional.ts';
import { JSON_TYPE } from './answer-json.ts';
import type { AroundText } from './around-text.ts';
import type { RoutesContext } from './routes-context.ts';

/** A version, and what its answer says of it. */
export interface FoundVersion {
  readonly version: IndexedVersion;
  readonly around: AroundText;
  /** Whether the same would be found now. */
  readonly stands: () => boolean;
}

/** A version with its text, in OTA's order of keys. What the reader has already is answered from the index alone. */
export function answerVersion(
  c: Context,
  { collection, written }: RoutesContext,
  { version, around, stands }: FoundVersion,
  cacheControl: string,
): Response | Promise<Response> {
  const headers = {
    ETag: around.etag,
    'Last-Modified': version.fetchDate.toUTCString(),
    'Cache-Control': cacheControl,
  };
  // The date is told but not compared: a technical upgrade has the date of the version that it replaces.
  if (isKnown(c.req.raw.headers, { etag: around.etag })) return c.body(null, 304, headers);
  const send = (bytes: Uint8Array<ArrayBuffer>): Response => {
    const sent = { ...headers, 'Content-Type': JSON_TYPE };
    c.set('standing', { bytes, headers: sent, stands });
    return c.body(bytes, 200, sent);
  };
  const body = written.of(collection, version, around);
  return body instanceof Uint8Array ? send(body) : body.then(send);
}
