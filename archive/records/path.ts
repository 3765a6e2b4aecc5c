import { Mime } from 'mime';
import otherTypes from 'mime/types/other.js';
import standardTypes from 'mime/types/standard.js';

/** `.md`, not `.markdown`, whatever the list of types says first. */
const mime = new Mime(standardTypes, otherTypes).define({ 'text/markdown': ['md'] }, true);

const DOCUMENT_ID_MARK = ' #';

/** What a record's path is made of. `documentId` only for snapshots of terms that combine several source documents. */
export interface RecordIdentity {
  readonly serviceId: string;
  readonly termsType: string;
  readonly documentId?: string | undefined;
}

export interface ParsedRecordPath extends RecordIdentity {
  readonly documentId: string | undefined;
  /** Without the dot. */
  readonly extension: string;
}

/** MIME type of every version. */
export const VERSION_MIME_TYPE = 'text/markdown';

/**
 * The path of a record in its repository, in Open Terms Archive's layout:
 * `<service id>/<terms type>[ #<document id>].<extension>`.
 *
 * @throws RangeError where the parts do not make a path of two components that every git takes.
 */
export function recordPath({
  serviceId,
  termsType,
  documentId,
  mimeType,
}: RecordIdentity & { readonly mimeType: string }): string {
  const file = `${termsType}${documentId ? `${DOCUMENT_ID_MARK}${documentId}` : ''}`;
  for (const part of [serviceId, file]) {
    if (part === '' || /[/\n\r\0]/.test(part) || !part.isWellFormed() || /^\.(\.?|git)$/i.test(part)) {
      throw new RangeError(
        `${JSON.stringify(part)} cannot be part of a record's path (${JSON.stringify(serviceId)}, ${JSON.stringify(termsType)}); rename the service's declaration or its terms type`,
      );
    }
  }
  // A type that nobody registered still has its place.
  return `${serviceId}/${file}.${mime.getExtension(mimeType) ?? 'bin'}`;
}

/**
 * Reads a path back; undefined for files that are no records (README.md, LICENSE, workflows). Services and terms types
 * that no longer exist are read like any other.
 */
export function parseRecordPath(path: string): ParsedRecordPath | undefined {
  const match = /^([^/]+)\/([^/]+)\.([^./ ]+)$/s.exec(path);
  if (!match) return undefined;
  const [, serviceId = '', name = '', extension = ''] = match;
  if (serviceId.startsWith('.git')) return undefined;
  const mark = name.indexOf(DOCUMENT_ID_MARK);
  return {
    serviceId,
    termsType: mark < 0 ? name : name.slice(0, mark),
    documentId: mark < 0 ? undefined : name.slice(mark + DOCUMENT_ID_MARK.length),
    extension,
  };
}

/** The MIME type that a file extension stands for, `application/octet-stream` where nobody knows. */
export const mimeTypeOf = (extension: string): string => mime.getType(extension) ?? 'application/octet-stream';
