/** A store that a backup can hold. A further store is one more element of the list that the commands hand in. */
export interface BackupPart {
  /** Lower-case letters; names the part in the backup and to people. */
  readonly name: string;
  readonly kind: PartKind;
  /** The SQLite file, or the directory of the git repository. */
  readonly path: string;
}

export type PartKind = 'sqlite' | 'git';

/** Told as the work goes on; for a person to watch. */
export type BackupListener = (step: { readonly part: string; readonly action: string }) => void;

/** A backup cannot be made or put in place. Nothing was changed then, unless the message says so. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
