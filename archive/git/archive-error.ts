/**
 * A fault of an archive's repository: it stops the run. The message names the directory and the next step.
 */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  /** Directory of the repository that is at fault. */
  readonly directory: string;

  constructor(message: string, options: { readonly directory: string; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.directory = options.directory;
  }
}
