/**
 * Everything that our own API (`/api`) answers, as plain types: the website's and the extension's view of the server.
 * Names are those of the archive's types. Dates are ISO 8601 strings in UTC; what is not known or not there is `null`.
 */

export type {
  AnalysisAnswer,
  AnalysisOverlay,
  ChangeAnalysis,
  ChangeClass,
  ChangeState,
  ChangeStatistics,
  IncompleteAnalysis,
  TopicsUnavailable,
  VersionReference,
} from './contract/analysis.ts';
export type {
  Collection,
  CollectionCounts,
  CollectionMetadata,
  Collections,
  Coverage,
  DomainsFile,
  FailingTerms,
  GoverningBody,
  IndexStatus,
  ServiceAtHost,
  ServiceList,
  ServiceLists,
  TrackingPeriod,
} from './contract/collection.ts';
export type { ComparedTerms, Comparison } from './contract/comparison.ts';
export type {
  ExtensionFile,
  ExtensionManifest,
  RecentAlert,
  RecentFile,
  ServiceCoverage,
  TermsCoverage,
} from './contract/extension.ts';
export type { IncompleteCollection, Page, UnavailableCollection } from './contract/page.ts';
export type { BlockKind, Redline, RedlineAnswer, RedlineBlock, RedlineSpan } from './contract/redline.ts';
export type {
  Declaration,
  SameTerms,
  SameTermsList,
  Service,
  Services,
  SourceDocument,
  Terms,
  TermsDetail,
  TermsReference,
} from './contract/service.ts';
export type {
  ChangeInterval,
  ClauseAnswer,
  ClauseHistory,
  ClauseLife,
  ClauseWording,
  PassageHistory,
  SearchAnswer,
  SearchHit,
} from './contract/text.ts';
export type { Check, ChecksPage, TrackingFailure, TrackingState } from './contract/tracking.ts';
export type { Change, Changes, Neighbours, Version, Versions, VersionWithContent } from './contract/version.ts';

/** Every answer that is not 200 or 304. */
export interface ApiErrorBody {
  readonly error: {
    readonly code: ApiErrorCode;
    readonly message: string;
    /** What to do now, where there is something. */
    readonly next?: string | undefined;
    /** Of code `invalid-request`: all faults of the request. */
    readonly faults?: readonly RequestFault[] | undefined;
  };
}

export type ApiErrorCode =
  /** 400: parameters that cannot be read; `faults` lists them. */
  | 'invalid-request'
  /** 400: a search query that cannot be read. */
  | 'query-syntax'
  /** 400: a cursor from before the index was made anew. */
  | 'cursor-outdated'
  /** 400: more rows than an export may have. */
  | 'too-many-rows'
  /** 400: texts too large to be compared here. */
  | 'too-large'
  /** 404 */
  | 'not-found'
  /** 405: everything here is read with GET. */
  | 'method-not-allowed'
  /** 503 with Retry-After: the index is being built or repaired. */
  | 'index-unavailable'
  /** 503 with Retry-After: the repository of a collection cannot be read. */
  | 'records-unavailable'
  /** 503: the question took longer than its time. */
  | 'too-expensive'
  /** 503 with Retry-After: too many questions at once. */
  | 'busy'
  /** 500 */
  | 'internal';

export interface RequestFault {
  /** Name of the parameter. */
  readonly parameter: string;
  readonly message: string;
}
