/**
 * `unreachable`: offline, or no such server. `busy`: it will have it soon. `refused`: it answered something else than a
 * file. `damaged`: cut off, changed on its way, or no such file at all.
 */
export type DownloadReason = 'unreachable' | 'busy' | 'refused' | 'damaged';

export class DownloadError extends Error {
  override name = 'DownloadError';
  readonly reason: DownloadReason;

  constructor(reason: DownloadReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
