import { httpDate, isKnown, namesTag } from '../http/conditional.ts';

/** What a file is known by: a strong ETag with its quotes, and a date in whole seconds. */
export interface Validators {
  readonly etag: string;
  readonly lastModified: Date;
}

/** What the conditions of a request come to. */
export type Verdict = 'go-on' | 'not-modified' | 'failed';

/** The conditions of a GET or HEAD, in the order of RFC 9110, 13.2.2. */
export function checkPreconditions(headers: Headers, validators: Validators): Verdict {
  const ifMatch = headers.get('If-Match');
  if (ifMatch !== null) {
    if (!namesTag(ifMatch, validators.etag, 'strong')) return 'failed';
  } else if (isBefore(headers.get('If-Unmodified-Since'), validators.lastModified)) return 'failed';
  return isKnown(headers, validators) ? 'not-modified' : 'go-on';
}

/** Whether the range asked for is one of this very file (RFC 9110, 13.1.5): else the whole is the answer. */
export function rangeStillApplies(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifRange = headers.get('If-Range');
  if (ifRange === null) return true;
  if (ifRange.includes('"')) return ifRange.trim() === etag;
  return httpDate(ifRange) === lastModified.getTime();
}

const isBefore = (header: string | null, lastModified: Date): boolean => {
  const date = httpDate(header);
  return date !== undefined && date < lastModified.getTime();
};
