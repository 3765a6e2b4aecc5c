import type { Page } from './page.ts';
import type { TrackingState } from './tracking.ts';
import type { Version } from './version.ts';

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
