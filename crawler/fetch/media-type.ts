import { FetchError } from './fetch-error.ts';

export interface MediaType {
  /** `type/subtype`, lower case, without parameters. */
  readonly essence: string;
  readonly charset: string | undefined;
}

const PDF_MAGIC = '%PDF-';
const documentTypes = /^(text\/[\w.+-]+|application\/(xhtml\+xml|xml|pdf))$/;
/** What servers send when they do not know. */
const unknownTypes = new Set([
  '',
  'application/octet-stream',
  'binary/octet-stream',
  'application/x-download',
  'unknown/unknown',
]);

/** Reads a `Content-Type` header; an absent one has the essence ''. */
export function parseMediaType(header: string | null | undefined): MediaType {
  const [essence = '', ...parameters] = (header ?? '').split(';');
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  return { essence: essence.trim().toLowerCase(), charset };
}

/** Whether a body of this type can be source of terms, as far as the header tells; unknown types are looked at. */
export const canBeDocument = (essence: string): boolean => documentTypes.test(essence) || unknownTypes.has(essence);

/** PDFs may begin with some bytes of rubbish: readers look for the mark in the first kilobyte, after white space here. */
export const isPdf = (head: Uint8Array): boolean =>
  Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 1024))
    .toString('latin1')
    .trimStart()
    .startsWith(PDF_MAGIC);

/**
 * MIME type of a body: the response's, but what is a PDF is one whatever the header says, and what has no type is looked at.
 *
 * @throws FetchError `unsupported-type`
 */
export function mimeTypeOfBody(location: string, essence: string, body: Uint8Array): string {
  if (isPdf(body)) return 'application/pdf';
  if (documentTypes.test(essence)) return essence;
  if (essence === '') {
    const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 1024)).toString('latin1');
    if (/^(?:\xef\xbb\xbf)?\s*</.test(head)) return 'text/html';
    if (!head.includes('\0')) return 'text/plain';
  }
  throw unsupportedType(location, essence);
}

export const unsupportedType = (location: string, essence: string): FetchError =>
  new FetchError(
    'unsupported-type',
    `${location} is of type ${essence || 'unknown'}; only HTML, other text and PDF can hold terms: correct the location`,
  );
