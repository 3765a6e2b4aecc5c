export type RunStatus = 'completed' | 'interrupted' | 'failed';

/** How many terms ended how; the keys are the statuses of terms' outcomes. */
export type RunCounts = Readonly<Record<string, number>>;

/** What is noted when a run begins. */
export interface RunStart {
  /** Such as `track` or `upgrade`. */
  readonly kind: string;
  readonly startedAt: Date;
  readonly engineVersion: string;
  /** How many services and terms are to be worked on. */
  readonly services: number;
  readonly terms: number;
  /** Cron expression, for a run that a schedule began. */
  readonly schedule?: string | undefined;
  /** Commit of the collection's declarations, where they are in a git repository. */
  readonly declarationsCommit?: string | undefined;
}

export interface RunEnd {
  readonly runId: number;
  readonly endedAt: Date;
  readonly status: RunStatus;
  readonly counts: RunCounts;
}

/** A run in the ledger. Without end and status: it goes on, or its process was killed and no tracker has begun since. */
export interface Run extends RunStart {
  readonly id: number;
  readonly endedAt: Date | undefined;
  readonly status: RunStatus | undefined;
  readonly counts: RunCounts;
}

/** Bytes on disk of each part of the data, measured at a run. */
export interface NotedSizes {
  readonly runId: number;
  readonly date: Date;
  /** Part (`versions`, `snapshots`, `ledger`…) → bytes. */
  readonly sizes: Readonly<Record<string, number>>;
}
