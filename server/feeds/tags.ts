/** Tag URIs (RFC 4151) of Open Terms Archive's feeds: a reader who changes from OTA to us sees no entry twice. */
const AUTHORITY = 'tag:opentermsarchive.org,2026';

export const SCHEMES = {
  service: `${AUTHORITY}:scheme:service`,
  termsType: `${AUTHORITY}:scheme:terms-type`,
  recordType: `${AUTHORITY}:scheme:record-type`,
} as const;

/** Id of a collection's feed; `scope`: a service, or a service and a terms type. */
export const feedTag = (collectionId: string, ...scope: string[]): string =>
  [`${AUTHORITY}:feed`, collectionId, ...scope].join(':');

export const versionTag = (collectionId: string, versionId: string): string =>
  `${AUTHORITY}:version:${collectionId}:git:${versionId}`;
