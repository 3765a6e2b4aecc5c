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

/** What our own feeds add; these names are ours, not Open Terms Archive's. */
export const JUDGEMENT_SCHEMES = {
  class: 'urn:clausewatch:scheme:class',
  state: 'urn:clausewatch:scheme:state',
  topic: 'urn:clausewatch:scheme:topic',
} as const;

/** Of what is told of a version by a later check: an entry of its own, as the version may have had one before. */
export const persistingTag = (versionEntryId: string): string => `${versionEntryId}:persisting`;
