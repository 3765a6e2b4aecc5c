import type { DeclaredDomains } from '../declarations/domains.ts';
import type { Metadata } from '../declarations/metadata.ts';
import type { Service } from '../declarations/service.ts';
import type { IndexActivity } from '../index/index-activity.ts';
import type { IndexReader } from '../index/index-reader.ts';
import type { IndexedSnapshot, IndexedVersion } from '../index/indexed-record.ts';
import type { ReadOnlyLedger } from '../ledger/ledger.ts';
import type { AlertOverlay } from './alert-overlay.ts';

/** One collection as readers see it: its declarations, records and checks. All methods are safe at any time. */
export interface ServedCollection {
  /** Part of addresses; unique on this server. */
  readonly id: string;
  readonly name: string;
  /** `tracked`: recorded by this installation. `mirrored`: fetched from somewhere else. */
  readonly kind: 'tracked' | 'mirrored';
  /** Cron expression of its runs or fetches. */
  readonly schedule: string | undefined;
  readonly metadata: () => Metadata | undefined;
  /** Declared today; follows the files. Empty for a mirror without declarations. */
  readonly services: () => readonly Service[];
  /** What its domains.yml says; follows the file, another map whenever it changed. */
  readonly domains: () => DeclaredDomains;
  /** @throws IndexUnavailableError while there is none to read, with what is being done about it. */
  readonly index: () => IndexReader;
  readonly indexFile: string;
  readonly indexActivity: () => IndexActivity;
  /** undefined: nothing was checked here yet; always so for mirrors. */
  readonly ledger: () => ReadOnlyLedger | undefined;
  /** Where that ledger is or will be, for threads with connections of their own; undefined for mirrors. */
  readonly ledgerFile: string | undefined;
  /** What the ledger adds to the analyses of changes; nothing for mirrors. Its methods throw as `index` does. */
  readonly alertOverlay: () => AlertOverlay;
  /** Text of a version. @throws ArchiveError where the repository does not hold it. */
  content(version: IndexedVersion): Promise<string>;
  snapshotContent(snapshot: IndexedSnapshot): Promise<Uint8Array>;
  /** Identifier of the licence of its records, as `DataLicence` has it; as if nothing said while the repository cannot be read. */
  licence(): Promise<string>;
  /** Folder for what is made from the collection, such as datasets. */
  readonly dataDirectory: string;
  close(): Promise<void>;
}

/** A named list of services across collections. */
export interface ServiceList {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly members: readonly { readonly collection: string; readonly serviceId: string }[];
}

/** All that one server serves. */
export interface ServedCollections {
  readonly all: () => readonly ServedCollection[];
  readonly get: (id: string) => ServedCollection | undefined;
  /** The only collection, or the one that the configuration calls default. */
  readonly default: () => ServedCollection | undefined;
  readonly lists: () => readonly ServiceList[];
  close(): Promise<void>;
}
