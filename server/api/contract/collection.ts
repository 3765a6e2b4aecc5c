import type { TrackingFailure } from './tracking.ts';

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
    /** How its changes were judged, in numbers. */
    readonly statistics: string;
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
  /** Of `building`: records come first, and can be read before they are judged and can be searched. */
  readonly building: {
    readonly part: 'records' | 'analysis' | 'text' | 'lines';
    readonly done: number;
    readonly total: number;
  } | null;
  /** Of `failed`. */
  readonly message: string | null;
  /** When it last took in records or found that there were none. */
  readonly updatedAt: string | null;
  /** Versions whose text is not yet searchable. */
  readonly versionsWithoutText: number | null;
  /** Versions whose change is not judged yet: alerts may be missing. */
  readonly versionsWithoutAnalysis: number | null;
  /** Changes are being judged anew by new rules; until then answers are by the former ones. */
  readonly isJudgedAnew: boolean | null;
}

export interface Collections {
  readonly data: readonly Collection[];
}

export interface ServiceLists {
  readonly data: readonly ServiceList[];
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
