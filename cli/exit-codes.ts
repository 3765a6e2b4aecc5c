/** What the program's exit tells a script. The README's table is held against this one by a test. */
export const EXIT = {
  /** Everything asked for was done. */
  ok: 0,
  /** The command failed, or `validate` and `check` found faults. */
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** The run was completed, but some terms failed. */
  someTermsFailed: 3,
  /** Ended by SIGINT or SIGTERM, cleanly: what was acknowledged is kept. */
  interrupted: 130,
} as const;
