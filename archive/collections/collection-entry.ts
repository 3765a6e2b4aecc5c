/** One collection as the configuration file has it; paths are absolute. */
export interface CollectionEntry {
  readonly id: string;
  readonly name: string | undefined;
  readonly isTracked: boolean;
  readonly isDefault: boolean;
  readonly schedule: string | undefined;
  readonly declarations: Place | undefined;
  /** Always there for a collection that is mirrored. */
  readonly versions: Place | undefined;
  readonly snapshots: Place | undefined;
  /** Folder of its data. */
  readonly data: string | undefined;
}

/** Read where it is, or fetched from elsewhere and kept in the collection's data. */
export type Place =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'remote'; readonly url: string };
