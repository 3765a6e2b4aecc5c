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
    if (!names(ifMatch, validators.etag, false)) return 'failed';
  } else if (isBefore(headers.get('If-Unmodified-Since'), validators.lastModified)) return 'failed';
  const ifNoneMatch = headers.get('If-None-Match');
  if (ifNoneMatch !== null) return names(ifNoneMatch, validators.etag, true) ? 'not-modified' : 'go-on';
  const since = dateOf(headers.get('If-Modified-Since'));
  return since !== undefined && since >= validators.lastModified.getTime() ? 'not-modified' : 'go-on';
}

/** Whether the range asked for is one of this very file (RFC 9110, 13.1.5): else the whole is the answer. */
export function rangeStillApplies(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifRange = headers.get('If-Range');
  if (ifRange === null) return true;
  if (ifRange.includes('"')) return ifRange.trim() === etag;
  return dateOf(ifRange) === lastModified.getTime();
}

/** Lists of ETags have no commas inside quotes where ours are concerned: they are hexadecimal digits. */
function names(list: string, etag: string, isWeakEnough: boolean): boolean {
  return list.split(',').some((item) => {
    const tag = item.trim();
    return tag === '*' || tag === etag || (isWeakEnough && tag === `W/${etag}`);
  });
}

const isBefore = (header: string | null, lastModified: Date): boolean => {
  const date = dateOf(header);
  return date !== undefined && date < lastModified.getTime();
};

/** Dates that cannot be read are no conditions. */
function dateOf(header: string | null): number | undefined {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : time;
}
