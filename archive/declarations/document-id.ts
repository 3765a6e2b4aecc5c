import { posix } from 'node:path';
import mime from 'mime';

/**
 * The id of a source document among the members of combined terms, by Open Terms Archive's rules to the letter, since it
 * is part of the record's path: the location's decoded pathname, without an extension known as a MIME type's, its parts
 * joined by `-`, and each of `\ : " < > | * ?` as `_`. Empty for a location without a pathname. A pathname that cannot be
 * decoded, which stops OTA, is taken as it stands.
 *
 * @throws TypeError where the location is no URL.
 */
export function documentId(location: string): string {
  const pathname = decoded(new URL(location).pathname);
  const extension = posix.extname(pathname);
  // `slice` also where a `/` follows the extension: OTA then cuts as many letters off the end, and paths must agree.
  const shortened = mime.getType(extension) ? pathname.slice(0, -extension.length) : pathname;
  return shortened
    .split('/')
    .filter(Boolean)
    .join('-')
    .replace(/[\\:"<>|*?]/g, '_');
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
