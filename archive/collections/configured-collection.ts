/** One collection of a server, with all places settled. All paths are absolute. */
export interface ConfiguredCollection {
  /** Part of addresses; unique on a server. */
  readonly id: string;
  /** undefined: the name in its metadata.yml, or else its id. */
  readonly name: string | undefined;
  /** `tracked`: recorded by this installation. `mirrored`: somebody else's, only read here. */
  readonly kind: 'tracked' | 'mirrored';
  readonly isDefault: boolean;
  /** Cron expression of its runs or fetches; undefined: the collection's own configuration says, or nothing is fetched. */
  readonly schedule: string | undefined;
  /** SPDX identifier that its keeper has set; undefined: the licence in its repository of versions, if any. */
  readonly licence?: string | undefined;
  /** The folder with `declarations/` and metadata.yml; undefined where its declarations are not known here. */
  readonly collectionDirectory: string | undefined;
  readonly dataDirectory: string;
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly ledgerFile: string;
  readonly indexFile: string;
  /** What is fetched from elsewhere; parts that are read where they are have none. */
  readonly remotes: CollectionRemotes;
}

/** Locations for git: https, ssh or file. May hold a password: never to be logged as they are. */
export interface CollectionRemotes {
  readonly versions?: string | undefined;
  readonly snapshots?: string | undefined;
  readonly declarations?: string | undefined;
}
