/**
 * Everything that our own API (`/api`) answers, as plain types: the website's and the extension's view of the server.
 * Names are those of the archive's types. Dates are ISO 8601 strings in UTC; what is not known or not there is `null`.
 */

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

/** A part of a list, and how to get the next. */
export interface Page<Item> {
  readonly data: readonly Item[];
  /** Give it back as `cursor` for the next part; `null` at the end. Records that come later do not move it. */
  readonly nextCursor: string | null;
  /** Collections that could not answer just now, and so are not in this list. */
  readonly unavailable: readonly UnavailableCollection[];
}

export interface UnavailableCollection {
  readonly collection: string;
  readonly message: string;
}

// Collections

export interface Collection {
  readonly id: string;
  readonly name: string;
  /** `tracked`: recorded by this installation. `mirrored`: fetched from somewhere else. */
  readonly kind: 'tracked' | 'mirrored';
  /** Cron expression of its runs or fetches. */
  readonly schedule: string | null;
  /** Who keeps it and what it is, as in its `metadata.yml`; `null` without one. */
  readonly metadata: CollectionMetadata | null;
  /** `null` while the index cannot be read. */
  readonly counts: CollectionCounts | null;
  readonly index: IndexStatus;
  /** Addresses under which this collection answers. */
  readonly links: {
    readonly self: string;
    readonly services: string;
    readonly coverage: string;
    /** Open Terms Archive's Collection API, version 1. */
    readonly collectionApi: string;
    readonly feed: string;
  };
}

/** Open Terms Archive's `metadata.yml`; its keys are described there. */
export interface CollectionMetadata {
  readonly id: string;
  readonly name: string;
  readonly tagline: string;
  readonly languages: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly description?: string | undefined;
  readonly dataset?: string | undefined;
  readonly declarations?: string | undefined;
  readonly versions?: string | undefined;
  readonly snapshots?: string | undefined;
  readonly donations?: string | null | undefined;
  readonly logo?: string | undefined;
  readonly trackingPeriods?: readonly TrackingPeriod[] | undefined;
  readonly governance?: Readonly<Record<string, GoverningBody>> | undefined;
  readonly i18n?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

export interface TrackingPeriod {
  readonly startDate: string;
  readonly endDate?: string | undefined;
  readonly schedule: string;
  readonly serverLocation: string;
}

export interface GoverningBody {
  readonly url?: string | undefined;
  readonly logo?: string | undefined;
  readonly roles: readonly string[];
}

export interface CollectionCounts {
  /** Services with records or a declaration, terms likewise. */
  readonly services: number;
  readonly terms: number;
  readonly declaredServices: number;
  readonly declaredTerms: number;
  /** Technical upgrades included. */
  readonly versions: number;
  readonly snapshots: number;
}

export interface IndexStatus {
  readonly activity: 'ready' | 'building' | 'failed';
  /** Of `building`: records come first, and can be read before the text can be searched. */
  readonly building: { readonly part: 'records' | 'text'; readonly done: number; readonly total: number } | null;
  /** Of `failed`. */
  readonly message: string | null;
  /** When it last took in records or found that there were none. */
  readonly updatedAt: string | null;
  /** Versions whose text is not yet searchable. */
  readonly versionsWithoutText: number | null;
}

// Services and terms

/** A service of one collection. */
export interface Service {
  readonly collection: string;
  /** Case-sensitive. */
  readonly id: string;
  /** As declared; the id where it is not declared. */
  readonly name: string;
  readonly isDeclared: boolean;
  readonly terms: readonly Terms[];
}

export type Services = Page<Service>;

/** One service's text of one type, declared or recorded or both. */
export interface Terms {
  readonly collection: string;
  readonly serviceId: string;
  readonly termsType: string;
  readonly isDeclared: boolean;
  /** Locations of the source documents declared today. */
  readonly locations: readonly string[];
  /** Technical upgrades included. */
  readonly versions: number;
  readonly technicalUpgrades: number;
  readonly snapshots: number;
  /** Fetch dates; `null` without versions. */
  readonly firstDate: string | null;
  readonly latestDate: string | null;
  readonly latestVersionId: string | null;
  /** Names that these terms had before they were renamed, the latest first. */
  readonly formerly: readonly { readonly serviceId: string; readonly termsType: string }[];
}

/** One terms with all that is known of its tracking. */
export interface TermsDetail extends Terms {
  readonly serviceName: string;
  readonly first: Version | null;
  readonly latest: Version | null;
  readonly tracking: TrackingState;
  /** The same terms (same locations) in other collections. */
  readonly alsoIn: readonly TermsReference[];
}

export interface TermsReference {
  readonly collection: string;
  readonly serviceId: string;
  readonly termsType: string;
}

/** How the tracking of terms stands. */
export interface TrackingState {
  /**
   * `ok`: the last check succeeded. `failing`: it failed. `unchecked`: declared here, but not yet checked.
   * `not-declared`: no longer tracked. `unknown`: a mirror; its checks are known only where it was recorded.
   */
  readonly state: 'ok' | 'failing' | 'unchecked' | 'not-declared' | 'unknown';
  /** Date of the last check of any of the source documents, successful or not. */
  readonly lastCheck: string | null;
  readonly lastSuccessfulCheck: string | null;
  /** The text has not changed since: fetch date of the latest version that is no technical upgrade. */
  readonly unchangedSince: string | null;
  /** Of `failing`. */
  readonly failingSince: string | null;
  readonly consecutiveFailures: number;
  readonly failures: readonly TrackingFailure[];
}

/** Why one source document could not be fetched or extracted. */
export interface TrackingFailure {
  readonly location: string;
  readonly stage: 'fetch' | 'extract' | 'internal';
  readonly reason: string;
  readonly message: string;
}

/** Terms that several collections track: the same source documents, one line. */
export interface SameTerms {
  readonly serviceName: string;
  readonly termsType: string;
  readonly locations: readonly string[];
  readonly terms: readonly Terms[];
}

export interface SameTermsList {
  readonly data: readonly SameTerms[];
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

/** What was declared for terms at some time. */
export interface Declaration {
  readonly collection: string;
  readonly serviceId: string;
  readonly termsType: string;
  /** Last moment at which it was in force; `null`: it is today's. */
  readonly validUntil: string | null;
  readonly sourceDocuments: readonly SourceDocument[];
}

export interface SourceDocument {
  readonly id: string;
  readonly location: string;
  /** Selectors and filters as in the declaration: a text, an object, or an array of them. */
  readonly select: unknown;
  readonly remove: unknown;
  readonly filter: readonly unknown[];
  readonly executeClientScripts: boolean | null;
}

// Records

export interface Version {
  readonly collection: string;
  readonly id: string;
  readonly serviceId: string;
  readonly termsType: string;
  readonly fetchDate: string;
  readonly isFirstRecord: boolean;
  readonly isTechnicalUpgrade: boolean;
  readonly snapshotIds: readonly string[];
  /** Lines against the former version; `null` until counted. */
  readonly additions: number | null;
  readonly deletions: number | null;
}

export interface VersionWithContent extends Version {
  /** Markdown. */
  readonly content: string;
}

/** Ids among the versions of the same terms. */
export interface Neighbours {
  readonly first: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly last: string | null;
}

/** A version in a list of changes. */
export interface Change extends Version {
  readonly serviceName: string;
  /** The version of the same terms before it; `null` for a first record. */
  readonly previousId: string | null;
  /** Path of the redline against the former version, under the address of the server; `null` for a first record. */
  readonly redline: string | null;
}

export type Changes = Page<Change>;
export type Versions = Page<Version>;

// Redlines

/** A run of words inside a block. */
export interface RedlineSpan {
  readonly kind: 'equal' | 'inserted' | 'deleted';
  readonly text: string;
}

export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code' | 'rule';

/**
 * One block of a redline. `equal`, `inserted` and `deleted` blocks have one span of their kind; `changed` ones mix;
 * `moved` ones stand elsewhere than before and may be reworded too.
 */
export interface RedlineBlock {
  readonly kind: 'equal' | 'inserted' | 'deleted' | 'changed' | 'moved';
  /** Of the new version; where deleted, of the former one. So are `headings` and `gap`. */
  readonly block: BlockKind;
  /** Plain texts of the headings above it, outermost first. */
  readonly headings: readonly string[];
  /** Place among the former version's blocks, from 0; null where inserted. */
  readonly from: number | null;
  /** Place among the new version's blocks; null where deleted. */
  readonly to: number | null;
  readonly spans: readonly RedlineSpan[];
  /** White space behind the block. */
  readonly gap: string;
  /** White space behind it in the former version, where that was another one. */
  readonly formerGap?: string | undefined;
}

/** The marked comparison of two versions, in the order of the new one; deleted blocks stand where they were. */
export interface Redline {
  readonly blocks: readonly RedlineBlock[];
  /** Words of inserted spans; link targets and images are none, and words that moved are not among them. */
  readonly wordsInserted: number;
  readonly wordsDeleted: number;
}

export interface RedlineAnswer extends Redline {
  readonly before: Version;
  readonly after: Version;
}

// Text: search and the lives of clauses

/** Where in the records a text appeared or went. */
export interface ChangeInterval {
  /** Last moment at which the former state is known to have stood; `null` before the first record. */
  readonly after: string | null;
  /** First moment at which the new state is known. */
  readonly by: string;
  /** `checks`: the last successful check without; `records`: neighbouring records; `first-record`: nothing earlier. */
  readonly basis: 'checks' | 'records' | 'first-record';
  /** Time inside the interval in which nothing could be seen; `null` where tracking was regular. */
  readonly gap: { readonly days: number; readonly reason: 'no-records' | 'failed-checks' | 'no-checks' } | null;
  /** Version with which the new state was first seen. */
  readonly versionId: string;
  /** Our reading changed, perhaps not the service's text. */
  readonly isTechnicalUpgrade: boolean;
}

export interface ClauseLife {
  readonly appeared: ChangeInterval;
  /** `null`: in force. */
  readonly disappeared: ChangeInterval | null;
  /** Absences after which the clause came back. */
  readonly absences: readonly { readonly from: ChangeInterval; readonly until: ChangeInterval }[];
}

export interface ClauseWording {
  readonly blockId: number;
  readonly text: string;
  readonly markdown: string;
  readonly life: ClauseLife;
}

/** A clause through its wordings, oldest first. */
export interface ClauseHistory {
  readonly collection: string;
  /** The same in every index of the same records. */
  readonly clauseId: number;
  readonly serviceId: string;
  readonly termsType: string;
  readonly heading: string | null;
  readonly life: ClauseLife;
  readonly wordings: readonly ClauseWording[];
}

export interface Collections {
  readonly data: readonly Collection[];
}

export interface ServiceLists {
  readonly data: readonly ServiceList[];
}

export interface PassageHistory {
  readonly data: readonly ClauseHistory[];
}

export interface SearchHit {
  readonly collection: string;
  readonly clauseId: number;
  readonly blockId: number;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly termsType: string;
  readonly heading: string | null;
  readonly text: string;
  /** The text around the matches in pieces; `isMatch` ones are to be marked. */
  readonly excerpt: readonly { readonly text: string; readonly isMatch: boolean }[];
  readonly life: ClauseLife;
  /** Higher is better; comparable within one answer. */
  readonly score: number;
}

export interface SearchAnswer {
  readonly data: readonly SearchHit[];
  /** Wordings that match, counted up to a bound. */
  readonly total: number;
  /** true: there are at least `total`; counting stopped. */
  readonly isTotalBounded: boolean;
  readonly limit: number;
  readonly offset: number;
  readonly unavailable: readonly UnavailableCollection[];
}

// Checks

/** One check of one source document, whatever its outcome: the proof that nothing changed, or that nothing was seen. */
export interface Check {
  readonly date: string;
  readonly serviceId: string;
  readonly termsType: string;
  /** Only where the terms combine several source documents. */
  readonly documentId: string | null;
  readonly location: string;
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'not-modified' | 'failed';
  readonly attempt: number;
  readonly durationMs: number;
  /** The source document's latest snapshot after a successful check. */
  readonly snapshotId: string | null;
  /** Of a failed one. */
  readonly failure: {
    readonly stage: 'fetch' | 'extract' | 'internal';
    readonly reason: string;
    readonly message: string;
    readonly httpStatus: number | null;
  } | null;
}

export interface ChecksPage {
  /** false: a mirror, or nothing was checked here yet; `data` is then empty, which says nothing about changes. */
  readonly areChecksKnown: boolean;
  readonly data: readonly Check[];
  readonly nextCursor: string | null;
}

/** How completely a collection is tracked. */
export interface Coverage {
  readonly collection: string;
  /** false: a mirror, or nothing was checked here yet. */
  readonly areChecksKnown: boolean;
  readonly declaredTerms: number;
  readonly failingTerms: number;
  /** Declared terms by the reason of their first failure, most first. */
  readonly reasons: readonly { readonly stage: string; readonly reason: string; readonly terms: number }[];
  readonly failing: readonly FailingTerms[];
  readonly lastRun: {
    readonly kind: string;
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly status: 'completed' | 'interrupted' | 'failed' | null;
  } | null;
  readonly checks: { readonly total: number; readonly failed: number } | null;
}

export interface FailingTerms {
  readonly serviceId: string;
  readonly termsType: string;
  readonly since: string;
  readonly consecutiveFailures: number;
  readonly failures: readonly TrackingFailure[];
}

// Lists and domains

export interface ServiceList {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly members: readonly { readonly collection: string; readonly serviceId: string }[];
}

/** A service with terms at a host, which need not be the service's own. */
export interface ServiceAtHost {
  readonly collection: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly termsTypes: readonly string[];
}

/**
 * Which services have terms at which hosts, all of them in one public file: nobody has to tell which site they visit.
 * Hosts are in lower case, without `www.`.
 */
export interface DomainsFile {
  readonly domains: Readonly<Record<string, readonly ServiceAtHost[]>>;
}
