import type { ChangeClass } from './analysis.ts';
import type { RedlineBlock } from './redline.ts';

/**
 * The files that a browser extension downloads, the same for everybody, so that it can look up by itself what a visited
 * site's terms did. Each is named by the SHA-256 of its bytes (lower-case hex) and never changes under that name; the
 * manifest names those of today. Whoever reads a file compares its hash with its name: it is whole, and the same as
 * everybody's.
 *
 *     GET /api/extension                       the manifest
 *     GET /api/extension/files/{sha256}        a file: index, services, or a shard of recent
 *     GET /api/extension/deltas/{from}/{to}    what makes the first of two files (index or services) the second; 404
 *                                              where the server does not remember the first: then download the whole
 */
export interface ExtensionManifest {
  readonly format: 1;
  /** For people: what this server is called. */
  readonly name: string;
  /** Where its website begins, without a slash at the end. */
  readonly website: string;
  /** Changes where changes were judged by other rules or indexes were made anew. Nothing becomes unread by that. */
  readonly epoch: string;
  /** Grows with the records of all collections; what is made of the same records has the same number. */
  readonly sequence: number;
  /** When the newest record that it knows of was fetched; `null` without any. */
  readonly newestRecord: string | null;
  readonly index: ExtensionFile;
  readonly services: ExtensionFile;
  /** The first day (UTC) whose alerts are in `recent`. */
  readonly recentSince: string;
  /** One file below 10,000 services; from there on several of at least 64 services each. All are downloaded by everybody. */
  readonly recent: readonly ExtensionFile[];
}

export interface ExtensionFile {
  readonly sha256: string;
  /** Before compression. */
  readonly bytes: number;
}

/**
 * `index`: UTF-8 text, one line for each domain, sorted by bytes, each ended by `\n`; fields are separated by a tab:
 *
 *     domain ⇥ keys of its services, by comma ⇥ day of their last alert ⇥ number of their alerts ever
 *
 * `domain`: lower case, internationalised labels as in DNS (`xn--…`), never a public suffix. It stands for itself and all
 * hosts below it; the longest one that matches a host decides. Without keys it is nobody's. A key is eight characters of base64url. The day counts
 * from 1 January 2010 (UTC), in base 36; empty without an alert. The number is in base 36 too. The last alert is the last one
 * that stands: neither withdrawn nor withdrawing another.
 *
 * `services`: the same kind of file, one line for each service that a line of the index names:
 *
 *     key ⇥ {@link ServiceCoverage} as JSON
 *
 * `delta`: the same kind of file: `-` and a first field (the line goes), or `+` and a line (it comes, or takes the place
 * of the one with that first field), sorted by that first field.
 *
 * `recent`: a {@link RecentFile} as JSON.
 */
export interface ServiceCoverage {
  readonly collection: string;
  readonly serviceId: string;
  readonly name: string;
  /** In the order of the declaration. */
  readonly terms: readonly TermsCoverage[];
}

/** Type; day of the first version, day of the last alert (both YYYY-MM-DD; `null`: none); number of alerts ever. */
export type TermsCoverage = readonly [type: string, since: string | null, lastAlert: string | null, alerts: number];

export interface RecentFile {
  readonly format: 1;
  /** Newest first. */
  readonly alerts: readonly RecentAlert[];
}

/** A change that people are told of, and what it did. */
export interface RecentAlert {
  /** Of the service. */
  readonly key: string;
  readonly termsType: string;
  /** Of the version, and of the one before it. */
  readonly id: string;
  readonly previousId: string;
  /** When the version was fetched, in UTC. */
  readonly date: string;
  /** When people are told, where that is later: a change that is told after it stayed. */
  readonly toldAt?: string | undefined;
  readonly class: ChangeClass;
  readonly topics: readonly string[];
  /** 0 to 1. */
  readonly significance: number;
  readonly wordsAdded: number;
  readonly wordsRemoved: number;
  /** Of the text, ISO 639-1; `null` where it is not clear. */
  readonly language: string | null;
  /** The day on which a later change withdrew this one. */
  readonly undoneOn?: string | undefined;
  /** Ids of the changes that this one withdraws: news only for who has read one of them. Absent: none. */
  readonly undoes?: readonly string[] | undefined;
  /** Blocks that differ, in order; long equal runs are shortened to `…`. At most 20 KB as JSON. */
  readonly blocks: readonly RedlineBlock[];
  /** Blocks that differ and are left out for their size; 1 with no blocks: the versions are too large to be compared. */
  readonly blocksLeftOut: number;
}
